package dev.feedline.spark.frames

import org.apache.spark.sql.{DataFrame, Row}
import org.apache.spark.sql.types._

/** One object on a line; of a choice, the value that there is. */
final case class JsonWriter(options: Map[String, String]) extends FileWriter {

  override def append(frame: DataFrame, folder: String, keys: Seq[String]): Unit =
    if (frame.schema.exists(field => Choice.existsIn(field.dataType))) {
      val (of, values) = (frame.schema, Fields.of(frame).filterNot(field => keys.contains(field.name)))
      val written = StructType(values.map(_.field))
      val key = keys.map(name => of(name))
      val lines = frame
        .select(keys.map(name => frame.col(Fields.quoted(name))) ++ values.map(_.column): _*)
        .rdd
        .map { row =>
          val record = Nodes.of(Row.fromSeq(row.toSeq.drop(key.size)), written)
          Row.fromSeq(row.toSeq.take(key.size) :+ record.toJson)
        }
      val text = frame.sparkSession.createDataFrame(lines, StructType(key :+ StructField("value", StringType)))
      Formats.append(text, "text", options, folder, keys)
    } else {
      Formats.append(frame, "json", options, folder, keys)
    }
}

object JsonWriter {
  def of(options: Options, compression: Option[String]): JsonWriter = {
    options.only()
    JsonWriter(Formats.textCompression(compression, options.of))
  }
}
