package dev.feedline.spark.frames

import com.amazonaws.services.glue.types._
import java.sql.{Date, Timestamp}
import java.time.{LocalDate, LocalDateTime, OffsetDateTime, ZoneOffset}
import org.apache.spark.sql.types._
import scala.collection.mutable
import scala.util.Try

/** Values of JSON as a table's types, where nothing is lost by it; a value of another type stays what it is. */
object TableTypes {

  /** @param known
    *   the table's columns, whose names are found whatever their case
    */
  def of(record: ObjectNode, known: StructType): ObjectNode = {
    val fields = mutable.LinkedHashMap.empty[String, DynamicNode]
    record.toIterator.foreach { case (name, value) =>
      fields(name) = known.fields.find(_.name.equalsIgnoreCase(name)).fold(value)(field => of(value, field.dataType))
    }
    ObjectNode(fields)
  }

  private def of(node: DynamicNode, known: DataType): DynamicNode = (node, known) match {
    case (record: ObjectNode, struct: StructType)     => of(record, struct)
    case (ObjectNode(values), MapType(_, one, _))     =>
      MapNode(mutable.LinkedHashMap.from(values.map { case (name, value) => name -> of(value, one) }))
    case (ArrayNode(values), ArrayType(one, _))       => ArrayNode(values.map(of(_, one)))
    case (IntegerNode(number), _)                     => whole(node, number.toLong, known)
    case (LongNode(number), _)                        => whole(node, number, known)
    case (DoubleNode(number), FloatType)              => if (number.toFloat.toDouble == number) FloatNode(number.toFloat) else node
    case (DoubleNode(number), to: DecimalType)        => decimal(node, BigDecimal(number.toString), to)
    case (DecimalNode(number), to: DecimalType)       => decimal(node, number, to)
    case (DecimalNode(number), StringType)            => StringNode(number.bigDecimal.toPlainString)
    case (BooleanNode(_) | DoubleNode(_), StringType) => StringNode(node.toJson)
    case (StringNode(text), DateType)                 => Try(DateNode(Date.valueOf(LocalDate.parse(text)))).getOrElse(node)
    case (StringNode(text), TimestampType)            => timestamp(text).getOrElse(node)
    case _                                            => node
  }

  private def whole(node: DynamicNode, number: Long, known: DataType): DynamicNode = known match {
    case ByteType if number.isValidByte   => ByteNode(number.toByte)
    case ShortType if number.isValidShort => ShortNode(number.toShort)
    case LongType                         => LongNode(number)
    case FloatType if number.toFloat.toLong == number && number.abs < (1L << 24)    => FloatNode(number.toFloat)
    case DoubleType if number.abs < (1L << 53)                                      => DoubleNode(number.toDouble)
    case to: DecimalType                  => decimal(node, BigDecimal(number), to)
    case StringType                       => StringNode(number.toString)
    case _                                => node
  }

  private def decimal(node: DynamicNode, number: BigDecimal, to: DecimalType): DynamicNode =
    Try(number.bigDecimal.setScale(to.scale))
      .filter(_.precision <= to.precision)
      .fold(_ => node, exact => DecimalNode(new BigDecimal(exact, java.math.MathContext.UNLIMITED)))

  private def timestamp(text: String): Option[DynamicNode] = {
    val written = text.replaceFirst(" ", "T")
    Try(OffsetDateTime.parse(written).toInstant)
      .orElse(Try(LocalDateTime.parse(written).toInstant(ZoneOffset.UTC)))
      .map(moment => TimestampNode(Timestamp.from(moment)))
      .toOption
  }
}
