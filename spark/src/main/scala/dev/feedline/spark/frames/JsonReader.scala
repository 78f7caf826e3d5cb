package dev.feedline.spark.frames

import com.amazonaws.services.glue.types.{ObjectNode, StringNode}
import com.fasterxml.jackson.core.JsonProcessingException
import dev.feedline.spark.FileAtWork
import org.apache.spark.sql.{DataFrame, Row, SparkSession}
import org.apache.spark.sql.functions.col
import org.apache.spark.sql.types._

/** Objects of JSON, one or several on a line, or anywhere in a file.
  *
  * @param multiline
  *   an object may be on several lines, so that each file is read as a whole, by one task and into its memory
  */
final case class JsonReader(multiline: Boolean) extends FileReader {

  override def read(session: SparkSession, files: Seq[String], known: StructType, origin: Boolean): DataFrame = {
    val text = Formats.reading(session).option("wholetext", multiline).text(files: _*)
    val rows = (if (origin) text.select(col("value"), col("_metadata.file_path")) else text).rdd
    val records = rows.mapPartitions(_.flatMap(JsonReader.records(_, known)))
    Formats.completed(Records.frame(records, known, session), known)
  }
}

object JsonReader {
  private val Shown = 200

  def of(options: Options): JsonReader = {
    options.only("jsonPath", "multiLine", "multiline")
    options.text("jsonPath").filterNot(Set("$", "$[*]")).foreach { path =>
      throw Unsupported(s"The jsonPath $path of ${options.of}", "records are the objects of a file, or of the arrays that it has")
    }
    JsonReader(options.multiline)
  }

  private def records(row: Row, known: StructType): Iterator[ObjectNode] = {
    val text = row.getString(0)
    val found = failing(text, JsonRecords.of(text))
    val typed = if (known.isEmpty) found else found.map(TableTypes.of(_, known))
    if (row.length == 1) typed
    else {
      typed.map { record =>
        record.put(Formats.Origin, StringNode(row.getString(1)))
        record
      }
    }
  }

  /** Says where it is that a record is no JSON. */
  private def failing(text: String, records: Iterator[ObjectNode]): Iterator[ObjectNode] = new Iterator[ObjectNode] {
    override def hasNext: Boolean = told(records.hasNext)
    override def next(): ObjectNode = told(records.next())
    private def told[T](step: => T): T =
      try step
      catch {
        case e: JsonProcessingException =>
          throw new IllegalArgumentException(
            s"${FileAtWork.name()} has a record that is no JSON: ${e.getOriginalMessage} in ${text.take(Shown)}",
            e
          )
      }
  }
}
