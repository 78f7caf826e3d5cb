package dev.feedline.spark.frames

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
}
