package com.amazonaws.services.glue.util

import com.fasterxml.jackson.core.JsonProcessingException
import com.fasterxml.jackson.databind.ObjectMapper
import scala.jdk.CollectionConverters._

/** Options as a JSON object, or as a map that could be one. */
final class JsonOptions private (private val options: Map[String, Any]) extends Serializable {

  /** @param json
    *   the text of a JSON object
    */
  def this(json: String) = this(JsonOptions.parse(json))

  def toMap: Map[String, Any] = options

  override def equals(other: Any): Boolean = other match {
    case json: JsonOptions => json.options == options
    case _                 => false
  }

  override def hashCode: Int = options.hashCode

  override def toString: String = options.toString
}

object JsonOptions {
  val empty: JsonOptions = new JsonOptions(Map.empty[String, Any])

  def apply(json: String): JsonOptions = new JsonOptions(json)

  def apply(options: Map[String, Any]): JsonOptions = new JsonOptions(options)

  private def parse(json: String): Map[String, Any] =
    try {
      new ObjectMapper().readValue(json, classOf[Object]) match {
        case map: java.util.Map[_, _] => scalaMap(map)
        case _                        => throw new IllegalArgumentException(s"The options are no JSON object: $json")
      }
    } catch {
      case e: JsonProcessingException =>
        throw new IllegalArgumentException(s"The options are no JSON: ${e.getOriginalMessage} in $json", e)
    }

  private def scalaMap(map: java.util.Map[_, _]): Map[String, Any] =
    map.asScala.map { case (name, value) => name.toString -> scalaValue(value) }.toMap

  private def scalaValue(value: Any): Any = value match {
    case map: java.util.Map[_, _] => scalaMap(map)
    case list: java.util.List[_]  => list.asScala.map(scalaValue).toList
    case other                    => other
  }
}
