import com.amazonaws.services.glue.util.GlueArgParser
import java.math.{BigDecimal => Decimal}
import java.time.{Duration, Instant, LocalDate, LocalDateTime, LocalTime, Period}
import org.apache.hadoop.conf.Configuration
import org.apache.hadoop.fs.Path
import org.apache.spark.SparkEnv
import org.apache.spark.sql.functions.{col, expr}
import org.apache.spark.sql.{Row, SparkSession}
import org.apache.spark.sql.types._
import org.apache.spark.unsafe.types.VariantVal
import scala.jdk.CollectionConverters._

/// A user's script, that Spark compiles: writes every type that Parquet takes, and reads what was written.
object EveryType {
  private val plain: Seq[(DataType, Seq[Any])] = Seq(
    BooleanType -> Seq(true, false),
    ByteType -> Seq(Byte.MinValue, Byte.MaxValue),
    ShortType -> Seq(Short.MinValue, Short.MaxValue),
    IntegerType -> Seq(Int.MinValue, Int.MaxValue),
    LongType -> Seq(Long.MinValue, Long.MaxValue),
    FloatType -> Seq(Float.NaN, -0.0f, Float.MinPositiveValue, Float.NegativeInfinity, Float.MaxValue),
    DoubleType -> Seq(Double.NaN, -0.0, Double.MinPositiveValue, Double.PositiveInfinity, Double.MinValue),
    DecimalType(1, 0) -> Seq(new Decimal("-9"), new Decimal("9")),
    DecimalType(9, 2) -> Seq(new Decimal("-9999999.99"), new Decimal("0.01")),
    DecimalType(10, 0) -> Seq(new Decimal("-9999999999"), new Decimal("9999999999")),
    DecimalType(18, 18) -> Seq(new Decimal("-0.999999999999999999"), new Decimal("0.000000000000000001")),
    DecimalType(19, 4) -> Seq(new Decimal("-999999999999999.9999"), new Decimal("0.0001")),
    DecimalType(38, 0) -> Seq(new Decimal("-" + "9" * 38), new Decimal("9" * 38)),
    DecimalType(38, 38) -> Seq(new Decimal("-0." + "9" * 38), new Decimal("0." + "0" * 37 + "1")),
    StringType -> Seq("", "\u0000", "line\r\nbreak\t\"quoted\\", "\u0100\ud83d\ude00e\u0301"),
    BinaryType -> Seq(Array[Byte](), (0 to 255).map(_.toByte).toArray),
    DateType -> Seq(LocalDate.of(1, 1, 1), LocalDate.of(1582, 10, 4), LocalDate.of(1969, 12, 31), LocalDate.of(9999, 12, 31)),
    TimestampType -> Seq(
      Instant.parse("0001-01-01T00:00:00Z"),
      Instant.parse("1969-12-31T23:59:59.999999Z"),
      Instant.parse("9999-12-31T23:59:59.999999Z")),
    TimestampNTZType -> Seq(
      LocalDateTime.parse("0001-01-01T00:00:00"),
      LocalDateTime.parse("2026-03-29T02:30:00.000001"),
      LocalDateTime.parse("9999-12-31T23:59:59.999999")),
    TimeType(6) -> Seq(LocalTime.MIDNIGHT, LocalTime.of(23, 59, 59, 999999000)),
    DayTimeIntervalType() -> Seq(Duration.ofNanos(-1000), Duration.ofSeconds(Long.MaxValue / 1000000)),
    DayTimeIntervalType(DayTimeIntervalType.DAY, DayTimeIntervalType.DAY) -> Seq(Duration.ofDays(-106751991L), Duration.ofDays(1)),
    YearMonthIntervalType() -> Seq(Period.ofMonths(Int.MinValue).normalized, Period.ofMonths(Int.MaxValue).normalized),
    YearMonthIntervalType(YearMonthIntervalType.MONTH, YearMonthIntervalType.MONTH) -> Seq(Period.ofMonths(-1), Period.ofMonths(7)))

  /// All of Unicode, shared out to so many rows. Characters, not halves of them: a string of Spark's is UTF-8.
  private def characters(row: Int, rows: Int): String =
    (row to Character.MAX_CODE_POINT by rows).iterator
      .filterNot(point => point >= 0xd800 && point <= 0xdfff)
      .map(Character.toString)
      .mkString

  private def name(of: DataType): String = "c_" + of.sql.toLowerCase.replaceAll("[^a-z0-9]+", "_")

  private val schema: StructType = {
    val columns = plain.map { case (of, _) => StructField(name(of), of) }
    val lists = plain.map { case (of, _) => StructField("list_" + name(of), ArrayType(of)) }
    val maps = plain.map { case (of, _) => StructField("map_" + name(of), MapType(StringType, of)) }
    val struct = StructType(plain.map { case (of, _) => StructField(name(of), of) })
    val deep = ArrayType(MapType(IntegerType, StructType(Seq(StructField("all", struct), StructField("more", ArrayType(ArrayType(LongType)))))))
    StructType(
      Seq(StructField("id", IntegerType, nullable = false), StructField("part", StringType), StructField("unicode", StringType)) ++ columns ++ lists ++ maps :+
        StructField("struct", struct) :+ StructField("deep", deep))
  }

  private val parts = Seq("plain", "a/b=c %20+ü", null)

  private def rows: Seq[Row] = {
    val most = plain.map(_._2.size).max
    val full = (0 until most).map { i =>
      val values = plain.map { case (_, of) => of(i % of.size) }
      val lists = plain.map { case (_, of) => of :+ null }
      val maps = plain.map { case (_, of) => of.zipWithIndex.map { case (value, at) => s"k$at" -> value }.toMap + ("" -> null) }
      val struct = Row.fromSeq(values)
      val deep = Seq(Map(1 -> Row(struct, Seq(Seq(1L), null, Seq())), -1 -> null), null, Map())
      Row.fromSeq(Seq(i, parts(i % parts.size), characters(i, most)) ++ values ++ lists ++ maps :+ struct :+ deep)
    }
    val absent = Row.fromSeq(Seq(most, parts(0)) ++ Seq.fill(schema.size - 2)(null))
    val empty = Row.fromSeq(Seq(most + 1, parts(1), "") ++ plain.map(_ => null) ++ plain.map(_ => Seq()) ++ plain.map(_ => Map()) :+
      Row.fromSeq(plain.map(_ => null)) :+ Seq())
    full :+ absent :+ empty
  }

  def main(args: Array[String]): Unit = {
    val options = GlueArgParser.getResolvedOptions(args, Array("JOB_NAME", "WHAT", "TO"))
    val spark = SparkSession.builder().getOrCreate()
    options("WHAT") match {
      case "types" => everyType(spark, options("TO"))
      case "slow" => slow(spark, options("TO"), fails = false)
      case "failing" => slow(spark, options("TO"), fails = true)
    }
  }

  private def everyType(spark: SparkSession, to: String): Unit = {
    spark.conf.set("spark.sql.datetime.java8API.enabled", "true")
    spark.conf.set("spark.sql.timeType.enabled", "true") // not yet by itself in Spark 4.1
    spark.conf.set("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
    val made = spark.createDataFrame(rows.asJava, schema)
      .withColumn("variant", expr("""if(c_boolean, parse_json('{"a":[1,"ü",null,2.5,{"b":true}],"n":' || id || '}'), null)"""))
    made.write.partitionBy("part").parquet(to)
    val read = spark.read.parquet(to).select(made.columns.map(col).toIndexedSeq: _*)
    if (read.schema.map(f => f.name -> f.dataType) != made.schema.map(f => f.name -> f.dataType)) {
      throw new IllegalStateException("other types were read than written:\n" + read.schema.treeString + made.schema.treeString)
    }
    val written = made.collect().map(text).sorted
    val found = read.collect().map(text).sorted
    if (written.toSeq != found.toSeq) {
      val (one, other) = written.zip(found).find { case (a, b) => a != b }.getOrElse(("", ""))
      val at = one.zip(other).indexWhere { case (a, b) => a != b }
      throw new IllegalStateException(s"${written.length} rows were written and ${found.length} read, the first difference is\n" +
        one.slice(at - 80, at + 80) + "\n" + other.slice(at - 80, at + 80))
    }
    println("types that came back: " + plain.map(_._1.sql).mkString(", ") + ", VARIANT")
  }

  /// Two tasks, of which the second goes on only when there is an object `go` beside what is written.
  private def slow(spark: SparkSession, to: String, fails: Boolean): Unit = {
    import spark.implicits._
    spark.range(0, 2, 1, 2).map { number =>
      if (number == 1) {
        val go = new Path(new Path(to).getParent, "go")
        val files = go.getFileSystem(configuration)
        while (!files.exists(go)) Thread.sleep(100)
        if (fails) throw new IllegalStateException("the second task fails")
      }
      number
    }.write.parquet(to)
  }

  private def configuration: Configuration = {
    val all = new Configuration()
    SparkEnv.get.conf.getAll.foreach { case (key, value) =>
      if (key.startsWith("spark.hadoop.")) all.set(key.stripPrefix("spark.hadoop."), value)
    }
    all
  }

  /// Bits, not values: -0.0 is not 0.0 here, and every NaN is one.
  private def text(value: Any): String = value match {
    case null => "-"
    case row: Row => row.toSeq.map(text).mkString("{", ";", "}")
    case map: collection.Map[_, _] => map.toSeq.map { case (k, v) => text(k) + "=" + text(v) }.sorted.mkString("<", ";", ">")
    case list: collection.Seq[_] => list.map(text).mkString("[", ";", "]")
    case bytes: Array[Byte] => bytes.map("%02x".format(_)).mkString("x", "", "")
    case float: Float => "f" + Integer.toHexString(java.lang.Float.floatToIntBits(float))
    case double: Double => "d" + java.lang.Long.toHexString(java.lang.Double.doubleToLongBits(double))
    case variant: VariantVal => "v" + variant.toString
    case other => other.getClass.getSimpleName + " " + other
  }
}
