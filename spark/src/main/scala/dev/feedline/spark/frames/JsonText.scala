package dev.feedline.spark.frames

import com.amazonaws.services.glue.types._
import com.fasterxml.jackson.core.{JsonFactory, JsonGenerator}
import java.io.StringWriter
import java.time.format.DateTimeFormatter
import java.time.ZoneOffset

/** A node as one line of JSON. */
object JsonText {
  private val Factory = new JsonFactory()

  def of(node: DynamicNode): String = {
    val text = new StringWriter()
    val json = Factory.createGenerator(text)
    write(node, json)
    json.close()
    text.toString
  }

  private def write(node: DynamicNode, json: JsonGenerator): Unit = node match {
    case fields: MapLikeNode =>
      json.writeStartObject()
      fields.toIterator.foreach { case (name, value) =>
        json.writeFieldName(name)
        write(value, json)
      }
      json.writeEndObject()
    case ArrayNode(values) =>
      json.writeStartArray()
      values.foreach(write(_, json))
      json.writeEndArray()
    case NullNode()           => json.writeNull()
    case BinaryNode(value)    => json.writeBinary(value)
    case BooleanNode(value)   => json.writeBoolean(value)
    case ByteNode(value)      => json.writeNumber(value.toShort)
    case ShortNode(value)     => json.writeNumber(value)
    case IntegerNode(value)   => json.writeNumber(value)
    case LongNode(value)      => json.writeNumber(value)
    case FloatNode(value)     => number(value.toDouble, value.toString, json)
    case DoubleNode(value)    => number(value, value.toString, json)
    case DecimalNode(value)   => json.writeNumber(value.bigDecimal.toPlainString)
    case DateNode(value)      => json.writeString(value.toString)
    case TimestampNode(value) => json.writeString(DateTimeFormatter.ISO_INSTANT.format(value.toInstant.atOffset(ZoneOffset.UTC)))
    case StringNode(value)    => json.writeString(value)
  }

  /** What JSON has no number for is a text. */
  private def number(value: Double, text: String, json: JsonGenerator): Unit =
    if (value.isNaN || value.isInfinite) json.writeString(text) else json.writeNumber(text)
}
