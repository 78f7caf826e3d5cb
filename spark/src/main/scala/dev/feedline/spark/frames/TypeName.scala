package dev.feedline.spark.frames

import org.apache.spark.sql.types._

/** Types by the names that AWS's library has for them. */
object TypeName {
  private val Decimal = """decimal\(\s*(\d+)\s*,\s*(\d+)\s*\)""".r

  /** Of a value that no other value is in. */
  val Scalars: Map[String, DataType] = Map(
    "binary" -> BinaryType,
    "boolean" -> BooleanType,
    "byte" -> ByteType,
    "tinyint" -> ByteType,
    "date" -> DateType,
    "decimal" -> DecimalType(10, 2),
    "double" -> DoubleType,
    "float" -> FloatType,
    "int" -> IntegerType,
    "integer" -> IntegerType,
    "long" -> LongType,
    "bigint" -> LongType,
    "short" -> ShortType,
    "smallint" -> ShortType,
    "string" -> StringType,
    "timestamp" -> TimestampType
  )

  private val Nested = Set("array", "map", "struct")

  def of(dataType: DataType): String = dataType match {
    case ArrayType(_, _)                          => "array"
    case BinaryType                               => "binary"
    case BooleanType                              => "boolean"
    case ByteType                                 => "byte"
    case DateType                                 => "date"
    case DecimalType()                            => "decimal"
    case DoubleType                               => "double"
    case FloatType                                => "float"
    case IntegerType                              => "int"
    case LongType                                 => "long"
    case MapType(_, _, _)                         => "map"
    case NullType                                 => "null"
    case ShortType                                => "short"
    case StringType | VarcharType(_) | CharType(_) => "string"
    case struct: StructType                       => if (Choice.is(struct)) "choice" else "struct"
    case TimestampType                            => "timestamp"
    case other                                    => other.simpleString
  }

  /** The type that a name says, `None` for arrays, maps and structs: their names say nothing of what is in them.
    *
    * @param where
    *   what says it, for the error
    */
  def scalar(name: String, where: => String): Option[DataType] = {
    val said = name.trim.toLowerCase(java.util.Locale.ROOT)
    said match {
      case Decimal(precision, scale) => Some(DecimalType(precision.toInt, scale.toInt))
      case _ if Nested(said)         => None
      case _ =>
        Some(
          Scalars.getOrElse(
            said,
            throw new IllegalArgumentException(
              s"$where: there is no type '$name'; there are ${(Scalars.keySet ++ Nested + "decimal(p,s)").toSeq.sorted.mkString(", ")}"
            )
          )
        )
    }
  }
}
