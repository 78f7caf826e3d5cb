package dev.feedline.spark.frames

import java.math.{BigDecimal, RoundingMode}
import org.apache.spark.sql.Column
import org.apache.spark.sql.api.java.UDF1
import org.apache.spark.sql.functions._
import org.apache.spark.sql.types._
import scala.util.Try

/** Cells of CSV as a table's types, where nothing is lost by it. (Spark's casts round decimals, take `y` for true, and leave out what
  * stands behind a date.)
  */
object TableCells {
  private val Whole = "[+-]?[0-9]+"
  private val Number = """[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?"""
  private val Day = "[0-9]{4,6}-[0-9]{1,2}-[0-9]{1,2}"
  private val Moment = Day + """([T ][0-9]{1,2}:[0-9]{1,2}(:[0-9]{1,2}(\.[0-9]{0,6}0*)?)?( ?[A-Za-z+-][A-Za-z0-9_/:+-]*)?)?"""
  private val NoNumbers = Set("NaN", "Infinity", "-Infinity")

  /** The value of a cell, null where it has none of this type. */
  def exact(cell: Column, to: DataType): Column = {
    val text = trim(cell)
    to match {
      case number: NumericType => udf(new Numbers(number), number)(text)
      case BooleanType         => when(lower(text).isin("true", "false"), text.try_cast(to))
      case DateType            => when(text.rlike(s"^$Day$$"), text.try_cast(to))
      case TimestampType       => when(text.rlike(s"^$Moment$$"), text.try_cast(to))
      case _                   => cell.try_cast(to)
    }
  }

  /** A text as a number of one type, null when it is none. */
  private final class Numbers(to: NumericType) extends UDF1[String, Any] {
    override def call(text: String): Any = number(text, to).orNull
  }

  private[frames] def number(text: String, to: DataType): Option[Any] = to match {
    case ByteType             => whole(text).flatMap(one => Try(one.byteValueExact).toOption)
    case ShortType            => whole(text).flatMap(one => Try(one.shortValueExact).toOption)
    case IntegerType          => whole(text).flatMap(one => Try(one.intValueExact).toOption)
    case LongType             => whole(text).flatMap(one => Try(one.longValueExact).toOption)
    case FloatType            => if (NoNumbers(text)) Some(text.toFloat) else near(text)(_.toFloat)(_.toDouble)
    case DoubleType           => if (NoNumbers(text)) Some(text.toDouble) else near(text)(_.toDouble)(identity)
    case decimal: DecimalType => plain(text).filter(fits(_, decimal)).map(_.setScale(decimal.scale))
    case _                    => None
  }

  private def whole(text: String): Option[java.math.BigInteger] =
    if (text.matches(Whole)) Some(new java.math.BigInteger(text)) else None

  /** Without zeros at its end, so that its scale is what it needs. */
  private def plain(text: String): Option[BigDecimal] =
    if (text.matches(Number)) Try(new BigDecimal(text).stripTrailingZeros).toOption else None

  private def fits(number: BigDecimal, to: DecimalType): Boolean =
    number.signum == 0 || (number.scale <= to.scale && number.precision.toLong - number.scale <= to.precision - to.scale)

  /** The nearest binary number, if it is the same text again when it is written with as many digits, or with as few as tell it from all
    * others (which need not be its first ones: 2 to the 89th is written 6.189700196426902E26 and is 6.1897001964269013…E26).
    */
  private def near[T](text: String)(nearest: String => T)(wide: T => Double): Option[T] =
    plain(text).flatMap { number =>
      val found = nearest(text)
      val value = wide(found)
      def rounds = new BigDecimal(value).setScale(number.scale, RoundingMode.HALF_EVEN).compareTo(number) == 0
      def isShortest = new BigDecimal(found.toString).compareTo(number) == 0
      Some(found).filter(_ => !value.isInfinite && (rounds || isShortest))
    }
}
