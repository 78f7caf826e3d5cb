package com.amazonaws.services.glue.schema

import dev.feedline.spark.frames.{Choice, TypeName}
import org.apache.spark.sql.types._

/** The fields of a frame, or of a record.
  *
  * @param toStructType
  *   as Spark has them; a choice is a struct of its types
  */
final class Schema(columns: StructType) extends Serializable {
  def toStructType: StructType = Choice.asStructs(columns).asInstanceOf[StructType]

  /** A line for each field, and for each type of a choice. */
  override def toString: String = {
    val text = new StringBuilder("root\n")
    Schema.write(columns, "", text)
    text.toString
  }

  override def equals(other: Any): Boolean = other match {
    case schema: Schema => schema.toString == toString
    case _              => false
  }

  override def hashCode: Int = toString.hashCode
}

private object Schema {
  private def write(struct: StructType, indent: String, text: StringBuilder): Unit = {
    val isChoice = Choice.is(struct)
    struct.foreach { field =>
      val name = if (isChoice) TypeName.of(field.dataType) else s"${field.name}: ${said(field.dataType)}"
      text.append(s"$indent|-- $name\n")
      within(field.dataType, indent + "|    ", text)
    }
  }

  private def said(dataType: DataType): String = dataType match {
    case decimal: DecimalType => s"decimal(${decimal.precision},${decimal.scale})"
    case other                => TypeName.of(other)
  }

  private def within(dataType: DataType, indent: String, text: StringBuilder): Unit = dataType match {
    case struct: StructType       => write(struct, indent, text)
    case ArrayType(element, _)    => one("element", element, indent, text)
    case MapType(key, value, _)   =>
      one("keyType", key, indent, text)
      one("valueType", value, indent, text)
    case _ => ()
  }

  private def one(name: String, dataType: DataType, indent: String, text: StringBuilder): Unit = {
    text.append(s"$indent|-- $name: ${said(dataType)}\n")
    within(dataType, indent + "|    ", text)
  }
}
