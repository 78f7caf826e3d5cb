package com.amazonaws.services.glue

import com.amazonaws.services.glue.schema.Schema
import com.amazonaws.services.glue.types._
import dev.feedline.spark.frames.{FieldPath, Nodes}
import org.apache.spark.sql.Row
import org.apache.spark.sql.types.StructType

/** One record, which says itself what it has.
  *
  * https://docs.aws.amazon.com/glue/latest/dg/glue-etl-scala-apis-glue-dynamicrecord-class.html
  */
final class DynamicRecord(root: ObjectNode) extends Serializable with Cloneable {
  def this() = this(new ObjectNode())

  def getRoot: ObjectNode = root

  /** The plain value; `None` where there is none, or null. */
  def getField(path: String): Option[Any] = getFieldNode(path).map(_.getValue).filter(_ != null)

  def getFieldNode(path: String): Option[DynamicNode] =
    names(path).foldLeft[Option[DynamicNode]](Some(root)) {
      case (Some(fields: MapLikeNode), name) => fields.get(name)
      case _                                 => None
    }

  /** Puts it there, with the structs on the way that are missing. */
  def addField(path: String, dynamicNode: DynamicNode): Unit = {
    val steps = names(path)
    val holder = steps.init.foldLeft[MapLikeNode](root) { (fields, name) =>
      fields.get(name) match {
        case Some(inner: MapLikeNode) => inner
        case None | Some(NullNode())  =>
          val inner = new ObjectNode()
          fields.put(name, inner)
          inner
        case Some(other) =>
          throw new IllegalArgumentException(s"$path cannot be added: $name is a ${other.typeName}, which has no fields")
      }
    }
    holder.put(steps.last, dynamicNode)
  }

  /** @return what was there */
  def dropField(path: String, underRename: Boolean = false): Option[DynamicNode] = {
    val steps = names(path)
    val holder = if (steps.size == 1) Some(root) else getFieldNode(FieldPath(FieldPath.parse(path).steps.init).toString)
    holder.collect { case fields: MapLikeNode => fields.remove(steps.last) }.flatten
  }

  def schema: Schema = new Schema(Nodes.typeOf(root).asInstanceOf[StructType])

  def toJson: String = root.toJson

  /** None is: what cannot be a record fails the run. */
  def isError: Boolean = false

  override def clone(): DynamicRecord = new DynamicRecord(root.clone())

  override def equals(other: Any): Boolean = other match {
    case record: DynamicRecord => record.getRoot == root
    case _                     => false
  }

  override def hashCode: Int = root.hashCode

  override def toString: String = toJson

  private def names(path: String): List[String] = {
    val steps = FieldPath.parse(path).steps
    if (steps.exists(_.each)) {
      throw new IllegalArgumentException(s"$path is not one field of a record: it has one for each element of an array")
    }
    steps.map(_.name)
  }
}

object DynamicRecord {
  def apply(row: Row, schema: StructType): DynamicRecord = new DynamicRecord(Nodes.of(row, schema))
}
