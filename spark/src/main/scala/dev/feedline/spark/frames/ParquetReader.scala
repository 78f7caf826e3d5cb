package dev.feedline.spark.frames

import org.apache.spark.sql.{DataFrame, SparkSession}
import org.apache.spark.sql.functions.col
import org.apache.spark.sql.types._

/** Files of Parquet, whose columns may differ from file to file; what types do not agree is refused by Spark. */
object ParquetReader extends FileReader {
  def of(options: Options): FileReader = {
    options.only()
    this
  }

  override def read(session: SparkSession, files: Seq[String], known: StructType, origin: Boolean): DataFrame = {
    val found = Formats.reading(session).option("mergeSchema", true).parquet(files: _*)
    val read = if (origin) found.select(col("*"), col("_metadata.file_path").as(Formats.Origin)) else found
    Formats.completed(read, known)
  }
}

final case class ParquetWriter(options: Map[String, String]) extends FileWriter {
  override def append(frame: DataFrame, folder: String, keys: Seq[String]): Unit =
    Formats.append(Resolution.structs(frame), "parquet", options, folder, keys)
}

object ParquetWriter {
  private val Compressions = Set("uncompressed", "snappy", "gzip")

  def of(options: Options, compression: Option[String]): ParquetWriter = {
    options.only("compression", "useGlueParquetWriter")
    options.flag("useGlueParquetWriter", otherwise = true) // one writer does for both
    val codec = compression.orElse(options.text("compression")).map(_.toLowerCase(java.util.Locale.ROOT))
    codec.filterNot(Compressions).foreach { other =>
      throw Unsupported(s"The compression $other of ${options.of}", s"there are ${Compressions.toSeq.sorted.mkString(", ")}")
    }
    ParquetWriter(codec.map("compression" -> _).toMap)
  }
}
