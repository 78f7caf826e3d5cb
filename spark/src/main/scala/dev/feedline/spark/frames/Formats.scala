package dev.feedline.spark.frames

import org.apache.spark.sql.{DataFrame, DataFrameReader, SparkSession}
import org.apache.spark.sql.types._

/** Reads files of one format. */
trait FileReader {

  /** The records of some files, at least one; of the folders that these are in no columns are made.
    *
    * @param known
    *   a table's columns, of which some may be missing in the files; empty without a table
    * @param origin
    *   whether to keep the file that a record comes from, in the column [[Formats.Origin]]
    */
  def read(session: SparkSession, files: Seq[String], known: StructType, origin: Boolean): DataFrame
}

/** Writes files of one format. */
trait FileWriter {

  /** Writes more files into a folder.
    *
    * @param keys
    *   columns that become folders
    */
  def append(frame: DataFrame, folder: String, keys: Seq[String]): Unit
}

/** The formats of files by the names that scripts and tables give them. */
object Formats {
  val Origin = "feedline.origin"
  private val All = Set("csv", "json", "parquet")
  private val Refused = Set("avro", "delta", "groklog", "hudi", "iceberg", "ion", "orc", "xml")

  def isKnown(name: String): Boolean = All(name) || name == "glueparquet"

  /** @param of
    *   whose format it is, for errors
    */
  def reader(name: String, options: Map[String, Any], of: String): FileReader = {
    val formatOptions = Options(s"format $name of $of", options)
    name match {
      case "json"    => JsonReader.of(formatOptions)
      case "csv"     => CsvReader.of(formatOptions)
      case "parquet" => ParquetReader.of(formatOptions)
      case other     => throw unknown(other, of)
    }
  }

  /** @param compression
    *   as the sink's options have it
    */
  def writer(name: String, options: Map[String, Any], compression: Option[String], of: String): FileWriter = {
    val formatOptions = Options(s"format $name of $of", options)
    name match {
      case "json"                    => JsonWriter.of(formatOptions, compression)
      case "csv"                     => CsvWriter.of(formatOptions, compression)
      case "parquet" | "glueparquet" => ParquetWriter.of(formatOptions, compression)
      case other                     => throw unknown(other, of)
    }
  }

  private def unknown(name: String, of: String): RuntimeException =
    if (Refused(name.toLowerCase(java.util.Locale.ROOT))) {
      throw Unsupported(s"The format $name of $of", s"there are ${All.toSeq.sorted.mkString(", ")}")
    } else if (name == "glueparquet") {
      throw new IllegalArgumentException(s"glueparquet is for sinks only; of $of the format is parquet")
    } else {
      throw new IllegalArgumentException(s"There is no format '$name' for $of; there are ${All.toSeq.sorted.mkString(", ")}")
    }

  /** Spark's, for which a path is a file's and no pattern, whatever stands in it. */
  def reading(session: SparkSession): DataFrameReader = session.read.option("__globPaths__", false)

  /** The columns of a table that a frame does not have, as columns without values. */
  def completed(frame: DataFrame, known: StructType): DataFrame = {
    val there = frame.columns.map(_.toLowerCase(java.util.Locale.ROOT)).toSet
    val missing = known.filterNot(field => there(field.name.toLowerCase(java.util.Locale.ROOT)))
    if (missing.isEmpty) frame
    else {
      frame.select(
        Fields.of(frame).map(_.named) ++
          missing.map(field => org.apache.spark.sql.functions.lit(null).cast(field.dataType).as(field.name)): _*
      )
    }
  }

  def append(
      frame: DataFrame,
      format: String,
      options: Map[String, String],
      folder: String,
      keys: Seq[String]
  ): Unit = frame.write
    .format(format)
    .mode("append")
    .options(options)
    // AWS's sinks leave no file but those of records.
    .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
    .partitionBy(keys: _*)
    .save(folder)

  /** How Spark calls a compression of text files. */
  def textCompression(said: Option[String], of: String): Map[String, String] =
    said.map(_.toLowerCase(java.util.Locale.ROOT)) match {
      case None | Some("none") | Some("uncompressed") => Map.empty
      case Some("gzip")                               => Map("compression" -> "gzip")
      case Some("bzip") | Some("bzip2")               => Map("compression" -> "bzip2")
      case Some(other) => throw Unsupported(s"The compression $other of $of", "there are gzip and bzip2")
    }
}
