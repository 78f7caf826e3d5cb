package dev.feedline.spark.frames

import scala.jdk.CollectionConverters._
import software.amazon.awssdk.services.glue.model.{SerDeInfo, StorageDescriptor, Table}

/** How a table's files are written, in the words of scripts.
  *
  * @param reading
  *   the format's options for a source
  * @param writing
  *   and for a sink
  */
final case class TableFormat(name: String, reading: Map[String, Any], writing: Map[String, Any]) {

  /** What a new table says of it beside its classification. */
  def parameters: Map[String, String] =
    if (writing.get("writeHeader").exists(_.toString == "true")) Map("skip.header.line.count" -> "1") else Map.empty

  /** A new table's, without its columns. */
  def descriptor(folder: String): StorageDescriptor.Builder = {
    val (input, output) = if (name == "parquet") TableFormat.Parquet else TableFormat.Text
    val (serde, words) = name match {
      case "csv"   => TableFormat.cells(writing)
      case "json"  => (TableFormat.Json, Map.empty[String, String])
      case "parquet" => (TableFormat.ParquetSerDe, Map.empty[String, String])
    }
    StorageDescriptor
      .builder()
      .location(folder)
      .inputFormat(input)
      .outputFormat(output)
      .serdeInfo(SerDeInfo.builder().serializationLibrary(serde).parameters(words.asJava).build())
  }
}

object TableFormat {
  private val Quoted = "org.apache.hadoop.hive.serde2.OpenCSVSerde"
  private val Delimited = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe"
  private val Json = "org.openx.data.jsonserde.JsonSerDe"
  private val ParquetSerDe = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"
  private val BySerDe = Map(
    ParquetSerDe -> "parquet",
    Quoted -> "csv",
    Delimited -> "csv",
    "org.apache.hive.hcatalog.data.JsonSerDe" -> "json",
    "org.apache.hadoop.hive.serde2.JsonSerDe" -> "json",
    Json -> "json"
  )

  // Hive's names, by which other engines know a table's format.
  private val Text = ("org.apache.hadoop.mapred.TextInputFormat", "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat")
  private val Parquet = (
    "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
    "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat"
  )

  /** How a new table's cells are told apart: its serializer, and what that is told. */
  private def cells(writing: Map[String, Any]): (String, Map[String, String]) = {
    val cells = CsvCells.options(Options("the table", writing - "writeHeader"))
    val (separator, quote, escape) = (cells("sep"), cells("quote"), cells("escape"))
    val escapes = escape.nonEmpty && escape != quote
    if (quote.nonEmpty) {
      (Quoted, Map("separatorChar" -> separator, "quoteChar" -> quote) ++ (if (escapes) Map("escapeChar" -> escape) else Map.empty))
    } else {
      (Delimited, Map("field.delim" -> separator, "quoteChar" -> "") ++ (if (escapes) Map("escape.delim" -> escape) else Map.empty))
    }
  }

  /** Of what a sink writes.
    *
    * @param options
    *   the format's, as scripts give them
    */
  def written(name: String, options: Map[String, Any]): TableFormat = name match {
    case "csv" =>
      val (cells, hasHeader) = (options - "writeHeader", Options("csv", options).flag("writeHeader", otherwise = true))
      TableFormat("csv", cells + ("withHeader" -> hasHeader), cells + ("writeHeader" -> hasHeader))
    case "glueparquet" => TableFormat("parquet", Map.empty, Map.empty)
    case other         => TableFormat(other, Map.empty, Map.empty)
  }

  /** By the table's classification, else by its serializer. */
  def of(table: Table): TableFormat = {
    val descriptor = table.storageDescriptor
    val serde = Option(descriptor.serdeInfo)
    val words = serde.fold(Map.empty[String, String])(_.parameters.asScala.toMap) ++ table.parameters.asScala
    val library = serde.flatMap(one => Option(one.serializationLibrary)).getOrElse("")
    words.get("classification").map(_.toLowerCase(java.util.Locale.ROOT)).orElse(BySerDe.get(library)) match {
      case Some("parquet") => TableFormat("parquet", Map.empty, Map.empty)
      case Some("json")    => TableFormat("json", Map.empty, Map.empty)
      case Some("csv")     => csv(table, words)
      case Some(other)     => throw refused(table, s"its classification is $other")
      case None            => throw refused(table, s"it has no classification, and its serializer is '$library'")
    }
  }

  private val CellWords = Map(
    "separator" -> Seq("separatorChar", "field.delim", "delimiter"),
    "quoteChar" -> Seq("quoteChar"),
    "escaper" -> Seq("escapeChar", "escape.delim")
  )

  private def csv(table: Table, words: Map[String, String]): TableFormat = {
    val cells = CellWords.flatMap { case (option, names) => names.flatMap(words.get).headOption.map(option -> _) }
    val hasHeader = words.getOrElse("skip.header.line.count", "0") match {
      case "0"   => false
      case "1"   => true
      case other => throw refused(table, s"its skip.header.line.count is $other, and files have one line of names at most")
    }
    TableFormat("csv", cells + ("withHeader" -> hasHeader), cells + ("writeHeader" -> hasHeader))
  }

  private def refused(table: Table, reason: String): UnsupportedOperationException =
    Unsupported(s"The table ${table.databaseName}.${table.name}", s"$reason; there are json, csv and parquet")
}
