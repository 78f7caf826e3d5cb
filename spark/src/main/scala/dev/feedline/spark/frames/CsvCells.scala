package dev.feedline.spark.frames

import java.util.Locale
import org.apache.spark.sql.DataFrame

/** How cells are told apart, in what is read and in what is written. */
object CsvCells {
  private val Quote = "\""

  def options(options: Options): Map[String, String] = {
    val quote = options.text("quoteChar") match {
      case None                  => Quote
      case Some("") | Some("-1") => "" // no cell is quoted
      case Some(_)               => options.character("quoteChar").get
    }
    val escape = options.text("escaper") match {
      case None | Some("") | Some("none") => quote // a quotation mark within a cell is doubled
      case Some(_)                        => options.character("escaper").get
    }
    Map("sep" -> options.character("separator").getOrElse(","), "quote" -> quote, "escape" -> escape)
  }

  /** Columns in the order that all files of a table have, and by its names: cells are told apart by their places only.
    *
    * @param of
    *   whose files they are, for the error
    */
  def inOrder(frame: DataFrame, names: Seq[String], of: String): DataFrame = {
    val fields = Fields.of(frame)
    if (fields.map(_.name.toLowerCase(Locale.ROOT)).sorted != names.map(_.toLowerCase(Locale.ROOT)).sorted) {
      throw new IllegalArgumentException(
        s"$of is CSV with the columns ${names.mkString(", ")}, and the frame has ${fields.map(_.name).mkString(", ")}"
      )
    }
    frame.select(names.flatMap(name => Fields.find(fields, name, caseSensitive = false).map(_.column.as(name))): _*)
  }
}
