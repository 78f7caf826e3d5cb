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
    val (input, output, serde) = TableFormat.Classes(name)
    val words = writing.collect { case ("separator", one) => "field.delim" -> one.toString }
    StorageDescriptor
      .builder()
      .location(folder)
      .inputFormat(input)
      .outputFormat(output)
      .serdeInfo(SerDeInfo.builder().serializationLibrary(serde).parameters(words.asJava).build())
  }
}

object TableFormat {
  private val BySerDe = Map(
    "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe" -> "parquet",
    "org.apache.hadoop.hive.serde2.OpenCSVSerde" -> "csv",
    "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe" -> "csv",
    "org.apache.hive.hcatalog.data.JsonSerDe" -> "json",
    "org.apache.hadoop.hive.serde2.JsonSerDe" -> "json",
    "org.openx.data.jsonserde.JsonSerDe" -> "json"
  )

  private val Text = ("org.apache.hadoop.mapred.TextInputFormat", "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat")
  private val Parquet = (
    "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
    "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat"
  )

  /** Hive's, by which other engines know a table's format. */
  private val Classes: Map[String, (String, String, String)] = Map(
    "csv" -> (Text._1, Text._2, "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe"),
    "json" -> (Text._1, Text._2, "org.openx.data.jsonserde.JsonSerDe"),
    "parquet" -> (Parquet._1, Parquet._2, "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe")
  )

  /** Of what a sink writes.
    *
    * @param options
    *   the format's, as scripts give them
    */
  def written(name: String, options: Map[String, Any]): TableFormat = name match {
    case "csv" =>
      val separator = Map("separator" -> options.getOrElse("separator", ","))
      TableFormat("csv", separator, separator + ("writeHeader" -> options.getOrElse("writeHeader", true)))
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

  private def csv(table: Table, words: Map[String, String]): TableFormat = {
    val cells = Seq("separator" -> Seq("separatorChar", "field.delim", "delimiter"), "quoteChar" -> Seq("quoteChar")).flatMap {
      case (option, names) => names.flatMap(words.get).headOption.map(option -> _)
    }
    val hasHeader = words.getOrElse("skip.header.line.count", "0") match {
      case "0"   => false
      case "1"   => true
      case other => throw refused(table, s"its skip.header.line.count is $other, and files have one line of names at most")
    }
    TableFormat("csv", cells.toMap + ("withHeader" -> hasHeader), cells.toMap + ("writeHeader" -> hasHeader))
  }

  private def refused(table: Table, reason: String): UnsupportedOperationException =
    Unsupported(s"The table ${table.databaseName}.${table.name}", s"$reason; there are json, csv and parquet")
}
