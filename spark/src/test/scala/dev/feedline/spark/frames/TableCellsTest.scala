package dev.feedline.spark.frames

import org.apache.spark.sql.types._
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

class TableCellsTest {

  @Test
  def wholeNumbersAreThoseThatTheTypeHolds(): Unit = {
    assertThat(number("-128", ByteType)).isEqualTo("-128")
    assertThat(number("128", ByteType)).isEqualTo("none")
    assertThat(number("+007", IntegerType)).isEqualTo("7")
    assertThat(number("9223372036854775807", LongType)).isEqualTo("9223372036854775807")
    Seq("9223372036854775808", "1.5", "1e3", "0x10", "1L", "", "one").foreach(text => assertThat(number(text, LongType)).isEqualTo("none"))
  }

  @Test
  def decimalsAreNotRounded(): Unit = {
    assertThat(number("9.5000", DecimalType(8, 2))).isEqualTo("9.50")
    assertThat(number("1.5e3", DecimalType(8, 2))).isEqualTo("1500.00")
    assertThat(number("123456.78", DecimalType(8, 2))).isEqualTo("123456.78")
    Seq("9.505", "1234567.1", "1e999999999", "1e-999999999", "1e99999999999", "9,50", ".").foreach { text =>
      assertThat(number(text, DecimalType(8, 2))).isEqualTo("none")
    }
    assertThat(number("0e-999999999", DecimalType(8, 2))).isEqualTo("0.00")
    assertThat(number("0", DecimalType(2, 2))).isEqualTo("0.00")
  }

  @Test
  def aBinaryNumberIsItsTextAgain(): Unit = {
    assertThat(number("0.1", DoubleType)).isEqualTo("0.1")
    assertThat(number("0.10000000000000001", DoubleType)).isEqualTo("0.1")
    assertThat(number("1e308", DoubleType)).isEqualTo("1.0E308")
    assertThat(number("-Infinity", DoubleType)).isEqualTo("-Infinity")
    assertThat(number("0.1", FloatType)).isEqualTo("0.1")
    assertThat(number("6.189700196426902E26", DoubleType)).isEqualTo("6.189700196426902E26") // not its first digits, its shortest
    assertThat(number("6.1897001964269015E26", DoubleType)).isEqualTo("none")
    assertThat(number("-0.0", DoubleType)).isEqualTo("-0.0")
    assertThat(number("-0", FloatType)).isEqualTo("-0.0")
    Seq("12345678901234567", "1e309", "1e-400", "1.5d", "0x1p3", "inf").foreach(text => assertThat(number(text, DoubleType)).isEqualTo("none"))
    assertThat(number("16777217", FloatType)).isEqualTo("none")
  }

  private def number(text: String, to: DataType): String = TableCells.number(text, to).fold("none")(_.toString)
}
