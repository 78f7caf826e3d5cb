package dev.feedline.spark.frames

import org.apache.spark.sql.DataFrame
import org.apache.spark.sql.types._

/** A line of cells for each record; of a choice, the value that there is. */
final case class CsvWriter(options: Map[String, String]) extends FileWriter {
  override def append(frame: DataFrame, folder: String, keys: Seq[String]): Unit = {
    val cells = frame.select(Fields.of(frame).map { field =>
      if (field.isChoice) Casting.cast(field, StringType, s"The column ${field.name} of CSV").as(field.name) else field.named
    }: _*)
    Formats.append(cells, "csv", options, folder, keys)
  }
}

object CsvWriter {
  def of(options: Options, compression: Option[String]): CsvWriter = {
    options.only("escaper", "quoteChar", "separator", "writeHeader")
    CsvWriter(
      CsvCells.options(options) ++ Formats.textCompression(compression, options.of) +
        ("header" -> options.flag("writeHeader", otherwise = true).toString)
    )
  }
}
