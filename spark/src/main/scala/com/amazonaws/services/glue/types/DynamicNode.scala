package com.amazonaws.services.glue.types

import dev.feedline.spark.frames.JsonText
import java.sql.{Date, Timestamp}
import scala.collection.mutable
import scala.collection.mutable.ArrayBuffer

/** One value of a record.
  *
  * https://docs.aws.amazon.com/glue/latest/dg/glue-etl-scala-apis-glue-types-dynamicnode.html
  */
sealed abstract class DynamicNode extends Serializable with Cloneable {

  /** The plain value. */
  def getValue: Any

  def typeName: String

  def toJson: String = JsonText.of(this)

  override def clone(): DynamicNode = this
}

sealed abstract class ScalarNode(value: Any, val typeName: String) extends DynamicNode {
  override def getValue: Any = value
}

/** Values by name. */
sealed abstract class MapLikeNode(val value: mutable.Map[String, DynamicNode]) extends DynamicNode {
  def clear(): Unit = value.clear()
  def get(name: String): Option[DynamicNode] = value.get(name)
  override def getValue: Any = value.map { case (name, node) => name -> node.getValue }.toMap
  def has(name: String): Boolean = value.contains(name)
  def isEmpty: Boolean = value.isEmpty
  def put(name: String, node: DynamicNode): Option[DynamicNode] = value.put(name, node)
  def remove(name: String): Option[DynamicNode] = value.remove(name)
  def toIterator: Iterator[(String, DynamicNode)] = value.iterator
}

final case class ObjectNode(override val value: mutable.Map[String, DynamicNode]) extends MapLikeNode(value) {
  def this() = this(mutable.LinkedHashMap.empty[String, DynamicNode])
  override def typeName: String = "struct"
  override def clone(): ObjectNode = ObjectNode(MapLikeNode.copy(value))
}

final case class MapNode(override val value: mutable.Map[String, DynamicNode]) extends MapLikeNode(value) {
  def this() = this(mutable.LinkedHashMap.empty[String, DynamicNode])
  override def typeName: String = "map"
  override def clone(): MapNode = MapNode(MapLikeNode.copy(value))
}

private object MapLikeNode {
  def copy(value: mutable.Map[String, DynamicNode]): mutable.Map[String, DynamicNode] =
    mutable.LinkedHashMap.from(value.view.mapValues(_.clone()))
}

final case class ArrayNode(value: ArrayBuffer[DynamicNode]) extends DynamicNode {
  def this() = this(ArrayBuffer.empty[DynamicNode])
  override def typeName: String = "array"
  override def getValue: Any = value.map(_.getValue).toSeq
  override def clone(): ArrayNode = ArrayNode(value.map(_.clone()))
  def add(node: DynamicNode): Unit = value += node
  def get(index: Int): Option[DynamicNode] = value.lift(index)
  def isEmpty: Boolean = value.isEmpty
  def remove(index: Int): Unit = value.remove(index)
  def toIterator: Iterator[DynamicNode] = value.iterator
  def update(index: Int, node: DynamicNode): Unit = value(index) = node
}

final case class NullNode() extends ScalarNode(null, "null")
final case class BinaryNode(value: Array[Byte]) extends ScalarNode(value, "binary") {
  override def equals(other: Any): Boolean = other match {
    case BinaryNode(bytes) => java.util.Arrays.equals(bytes, value)
    case _                 => false
  }
  override def hashCode: Int = java.util.Arrays.hashCode(value)
}
final case class BooleanNode(value: Boolean) extends ScalarNode(value, "boolean")
final case class ByteNode(value: Byte) extends ScalarNode(value, "byte")
final case class DateNode(value: Date) extends ScalarNode(value, "date")
final case class DecimalNode(value: BigDecimal) extends ScalarNode(value, "decimal")
final case class DoubleNode(value: Double) extends ScalarNode(value, "double")
final case class FloatNode(value: Float) extends ScalarNode(value, "float")
final case class IntegerNode(value: Int) extends ScalarNode(value, "int")
final case class LongNode(value: Long) extends ScalarNode(value, "long")
final case class ShortNode(value: Short) extends ScalarNode(value, "short")
final case class StringNode(value: String) extends ScalarNode(value, "string")
final case class TimestampNode(value: Timestamp) extends ScalarNode(value, "timestamp")
