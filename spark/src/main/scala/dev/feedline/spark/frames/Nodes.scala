package dev.feedline.spark.frames

import com.amazonaws.services.glue.types._
import java.sql.{Date, Timestamp}
import java.time.{Instant, LocalDate}
import org.apache.spark.sql.Row
import org.apache.spark.sql.types._
import scala.collection.mutable
import scala.collection.mutable.ArrayBuffer

/** Nodes and rows, each made of the other, and the types that hold every one of several nodes. */
object Nodes {
  def typeOf(node: DynamicNode): DataType = node match {
    case ObjectNode(fields) =>
      StructType(fields.map { case (name, value) => StructField(name, typeOf(value)) }.toSeq)
    case MapNode(values)      => MapType(StringType, values.values.map(typeOf).foldLeft[DataType](NullType)(merge))
    case ArrayNode(values)    => ArrayType(values.map(typeOf).foldLeft[DataType](NullType)(merge))
    case NullNode()           => NullType
    case BinaryNode(_)        => BinaryType
    case BooleanNode(_)       => BooleanType
    case ByteNode(_)          => ByteType
    case DateNode(_)          => DateType
    case DecimalNode(value)   => decimal(value)
    case DoubleNode(_)        => DoubleType
    case FloatNode(_)         => FloatType
    case IntegerNode(_)       => IntegerType
    case LongNode(_)          => LongType
    case ShortNode(_)         => ShortType
    case StringNode(_)        => StringType
    case TimestampNode(_)     => TimestampType
  }

  private def decimal(value: BigDecimal): DecimalType = {
    val scale = value.scale.max(0)
    DecimalType(value.precision.max(scale) + (scale - value.scale), scale)
  }

  /** The type that has the values of both: one of them, or a choice. */
  def merge(one: DataType, other: DataType): DataType = (one, other) match {
    case _ if one == other                              => one
    case (NullType, _)                                  => other
    case (_, NullType)                                  => one
    case _ if Choice.is(one) || Choice.is(other)        => choice(Choice.types(one) ++ Choice.types(other))
    case (DecimalType(), DecimalType())                 => wider(one, other)
    case (StructType(before), StructType(more))         => StructType(mergeFields(before.toSeq, more.toSeq))
    case (ArrayType(before, _), ArrayType(more, _))     => ArrayType(merge(before, more))
    case (MapType(key, before, _), MapType(_, more, _)) => MapType(key, merge(before, more))
    case _                                              => choice(Seq(one, other))
  }

  private def wider(one: DataType, other: DataType): DataType = {
    val (a, b) = (one.asInstanceOf[DecimalType], other.asInstanceOf[DecimalType])
    val scale = a.scale.max(b.scale)
    val precision = (a.precision - a.scale).max(b.precision - b.scale) + scale
    if (precision > DecimalType.MAX_PRECISION) {
      throw new ArithmeticException(s"${a.sql} and ${b.sql} have no type in common: it would be of $precision digits")
    }
    DecimalType(precision, scale)
  }

  private def mergeFields(before: Seq[StructField], more: Seq[StructField]): Seq[StructField] = {
    val added = more.map(field => field.name -> field).toMap
    val known = before.map(_.name).toSet
    before.map(field => added.get(field.name).fold(field)(new_ => StructField(field.name, merge(field.dataType, new_.dataType)))) ++
      more.filterNot(field => known(field.name))
  }

  private def choice(types: Seq[DataType]): DataType = {
    val byName = mutable.LinkedHashMap.empty[String, DataType]
    types.foreach(one => byName.updateWith(TypeName.of(one))(known => Some(known.fold(one)(merge(_, one)))))
    Choice.of(byName.values.toSeq)
  }

  /** A node as the value of a column.
    *
    * @param dataType
    *   one that [[merge]] has made of this node's and others'
    */
  def value(node: DynamicNode, dataType: DataType): Any = (node, dataType) match {
    case (NullNode(), _)                                  => null
    case (_, choice: StructType) if Choice.is(choice)     =>
      val name = Choice.nameOf(node.typeName)
      Row.fromSeq(choice.map(field => if (field.name == name) value(node, field.dataType) else null))
    case (ObjectNode(fields), StructType(columns)) =>
      Row.fromSeq(columns.toSeq.map(column => fields.get(column.name).map(value(_, column.dataType)).orNull))
    case (MapNode(values), MapType(_, of, _))   => values.map { case (name, one) => name -> value(one, of) }.toMap
    case (ArrayNode(values), ArrayType(of, _))  => values.map(value(_, of)).toSeq
    case (DecimalNode(number), to: DecimalType) => number.bigDecimal.setScale(to.scale)
    case (scalar: ScalarNode, _)                => scalar.getValue
    case _ => throw new IllegalStateException(s"a ${node.typeName} was taken for ${dataType.sql}")
  }

  def row(node: ObjectNode, schema: StructType): Row = value(node, schema).asInstanceOf[Row]

  /** What is known of the types of some nodes, where that holds for what they have in fact.
    *
    * @param found
    *   that the nodes have been seen to have
    * @param known
    *   a table's, or those of what the nodes were made of; names are found whatever their case
    */
  def settled(found: DataType, known: DataType): DataType = (found, known) match {
    case (NullType, _)                                                   => known
    case (narrow: DecimalType, wide: DecimalType) if fits(narrow, wide) => wide
    case (StructType(fields), of: StructType)                            =>
      StructType(fields.map { field =>
        of.fields
          .find(_.name.equalsIgnoreCase(field.name))
          .fold(field)(one => StructField(field.name, settled(field.dataType, one.dataType)))
      })
    case (ArrayType(element, _), ArrayType(of, _))   => ArrayType(settled(element, of))
    case (MapType(key, value, _), MapType(_, of, _)) => MapType(key, settled(value, of))
    case _                                           => found
  }

  private def fits(narrow: DecimalType, wide: DecimalType): Boolean =
    narrow.scale <= wide.scale && narrow.precision - narrow.scale <= wide.precision - wide.scale

  /** A row as a node.
    *
    * @param withNulls
    *   whether a field that is null is there
    */
  def of(row: Row, schema: StructType, withNulls: Boolean = false): ObjectNode = {
    val fields = mutable.LinkedHashMap.empty[String, DynamicNode]
    schema.fields.zipWithIndex.foreach { case (field, at) =>
      if (withNulls || !row.isNullAt(at)) {
        fields(field.name) = node(row.get(at), field.dataType, withNulls)
      }
    }
    ObjectNode(fields)
  }

  private def node(value: Any, dataType: DataType, withNulls: Boolean): DynamicNode = (value, dataType) match {
    case (null, _) => NullNode()
    case (row: Row, choice: StructType) if Choice.is(choice) =>
      choice.fields.zipWithIndex
        .collectFirst { case (field, at) if !row.isNullAt(at) => node(row.get(at), field.dataType, withNulls) }
        .getOrElse(NullNode())
    case (row: Row, fields: StructType)                      => of(row, fields, withNulls)
    case (values: scala.collection.Map[_, _], MapType(_, one, _)) =>
      MapNode(mutable.LinkedHashMap.from(values.map { case (key, value) => String.valueOf(key) -> node(value, one, withNulls) }))
    case (values: scala.collection.Seq[_], ArrayType(one, _)) => ArrayNode(ArrayBuffer.from(values.map(node(_, one, withNulls))))
    case (bytes: Array[Byte], _)                              => BinaryNode(bytes)
    case (truth: Boolean, _)                                  => BooleanNode(truth)
    case (number: Byte, _)                                    => ByteNode(number)
    case (number: Short, _)                                   => ShortNode(number)
    case (number: Int, _)                                     => IntegerNode(number)
    case (number: Long, _)                                    => LongNode(number)
    case (number: Float, _)                                   => FloatNode(number)
    case (number: Double, _)                                  => DoubleNode(number)
    case (number: java.math.BigDecimal, _)                    => DecimalNode(BigDecimal(number))
    case (day: Date, _)                                       => DateNode(day)
    case (day: LocalDate, _)                                  => DateNode(Date.valueOf(day))
    case (moment: Timestamp, _)                               => TimestampNode(moment)
    case (moment: Instant, _)                                 => TimestampNode(Timestamp.from(moment))
    case (text: String, _)                                    => StringNode(text)
    case (_, other) => throw Unsupported(s"A value of the type ${other.sql} in a record", "AWS's records have no such type")
  }
}
