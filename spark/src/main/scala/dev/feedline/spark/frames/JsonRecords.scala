package dev.feedline.spark.frames

import com.amazonaws.services.glue.types._
import com.fasterxml.jackson.core.{JsonFactory, JsonParseException, JsonParser, JsonToken}
import java.io.Reader
import scala.collection.mutable
import scala.collection.mutable.ArrayBuffer

/** Objects of JSON as nodes: one after the other, or in arrays.
  *
  * A whole number is an int when it fits, else a long, else a decimal; one that no decimal(38,0) holds, and one with a fraction or
  * an exponent that no double is near, is the text that it was.
  */
object JsonRecords {
  private val Factory = new JsonFactory()
  private val MostDigits = 38

  def of(text: String): Iterator[ObjectNode] = of(Factory.createParser(text))

  def of(text: Reader): Iterator[ObjectNode] = of(Factory.createParser(text))

  private def of(json: JsonParser): Iterator[ObjectNode] =
    Iterator
      .continually(next(json))
      .takeWhile(_.isDefined)
      .flatten

  private def next(json: JsonParser): Option[ObjectNode] = {
    var token = json.nextToken()
    // Arrays around objects are nothing of their own.
    while (token == JsonToken.START_ARRAY || (token == JsonToken.END_ARRAY)) {
      token = json.nextToken()
    }
    token match {
      case null                    => None
      case JsonToken.START_OBJECT  => Some(fields(json))
      case other                   => throw new JsonParseException(json, s"a record is an object, and this is $other")
    }
  }

  private def fields(json: JsonParser): ObjectNode = {
    val fields = mutable.LinkedHashMap.empty[String, DynamicNode]
    while (json.nextToken() != JsonToken.END_OBJECT) {
      val name = json.currentName()
      json.nextToken()
      fields(name) = node(json)
    }
    ObjectNode(fields)
  }

  private def node(json: JsonParser): DynamicNode = json.currentToken() match {
    case JsonToken.START_OBJECT       => fields(json)
    case JsonToken.START_ARRAY        => elements(json)
    case JsonToken.VALUE_NULL         => NullNode()
    case JsonToken.VALUE_TRUE         => BooleanNode(true)
    case JsonToken.VALUE_FALSE        => BooleanNode(false)
    case JsonToken.VALUE_NUMBER_INT   => whole(json)
    case JsonToken.VALUE_NUMBER_FLOAT => fraction(json)
    case _                            => StringNode(json.getText)
  }

  private def elements(json: JsonParser): ArrayNode = {
    val values = ArrayBuffer.empty[DynamicNode]
    while (json.nextToken() != JsonToken.END_ARRAY) {
      values += node(json)
    }
    ArrayNode(values)
  }

  private def whole(json: JsonParser): DynamicNode = json.getNumberType match {
    case JsonParser.NumberType.INT  => IntegerNode(json.getIntValue)
    case JsonParser.NumberType.LONG => LongNode(json.getLongValue)
    case _ =>
      val value = BigDecimal(json.getDecimalValue)
      if (value.precision <= MostDigits) DecimalNode(value) else StringNode(json.getText)
  }

  private def fraction(json: JsonParser): DynamicNode = {
    val value = json.getText.toDouble
    if (value.isInfinite) StringNode(json.getText) else DoubleNode(value)
  }
}
