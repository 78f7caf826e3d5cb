package dev.feedline.spark.frames

import org.apache.spark.sql.{Column, DataFrame, DataFrameReader, Row, SparkSession}
import org.apache.spark.sql.functions._
import org.apache.spark.sql.types._

/** Lines of cells. Cells are texts, an empty one an empty text, unless a table says otherwise: then they are what the table says, or,
  * where some are not, a choice of that and of text.
  *
  * @param options
  *   as Spark's reader has them
  */
final case class CsvReader(hasHeader: Boolean, options: Map[String, String]) extends FileReader {

  override def read(session: SparkSession, files: Seq[String], known: StructType, origin: Boolean): DataFrame = {
    val texts = StructType(known.map(field => StructField(field.name, StringType)))
    val reader: DataFrameReader = Formats.reading(session).options(options)
    val found =
      if (known.nonEmpty) reader.schema(texts).csv(files: _*)
      else if (hasHeader) reader.option("enforceSchema", false).csv(files: _*)
      else reader.csv(files: _*)
    val cells = found.columns.toSeq.zipWithIndex.map { case (name, at) =>
      coalesce(found.col(Fields.quoted(name)), lit("")).as(if (known.isEmpty && !hasHeader) s"col$at" else name)
    }
    val files_ = if (origin) Seq(col("_metadata.file_path").as(Formats.Origin)) else Seq.empty
    CsvReader.typed(found.select(cells ++ files_ : _*), known)
  }
}

object CsvReader {
  def of(options: Options): CsvReader = {
    options.only("escaper", "multiLine", "multiline", "optimizePerformance", "quoteChar", "separator", "withHeader")
    options.flag("optimizePerformance", otherwise = false) // says how fast, not what
    val hasHeader = options.flag("withHeader", otherwise = false)
    CsvReader(
      hasHeader,
      CsvCells.options(options) ++ Map(
        "header" -> hasHeader.toString,
        "multiLine" -> options.multiline.toString,
        "mode" -> "FAILFAST", // a line with other cells than the rest is told of
        "columnPruning" -> "false" // or it would only be seen when its cells are wanted
      )
    )
  }

  private def typed(frame: DataFrame, known: StructType): DataFrame = {
    val types = known.filter(_.dataType != StringType).map(field => field.name -> field.dataType).toMap
    val strays = withOthers(frame, types)
    frame.select(Fields.of(frame).map { cell =>
      types.get(cell.name) match {
        case None                                     => cell.named
        case Some(to) if strays.contains(cell.name)   => choice(cell, to).as(cell.name)
        case Some(to)                                 => TableCells.exact(cell.column, to).as(cell.name)
      }
    }: _*)
  }

  private def isOther(cell: Column, to: DataType): Column = length(trim(cell)) > 0 && TableCells.exact(cell, to).isNull

  /** The columns that have cells which are not of the table's type: one pass over the files, as for JSON. */
  private def withOthers(frame: DataFrame, types: Map[String, DataType]): Set[String] =
    if (types.isEmpty) Set.empty
    else {
      val names = types.keys.toSeq
      val counts: Row = frame
        .select(names.map(name => count_if(isOther(frame.col(Fields.quoted(name)), types(name)))): _*)
        .head()
      names.zipWithIndex.collect { case (name, at) if counts.getLong(at) > 0 => name }.toSet
    }

  private def choice(cell: Field, to: DataType): Column = {
    val whole = Choice.of(Seq(to, StringType))
    val values = whole.fields.toSeq.map { one =>
      val value = if (one.dataType == StringType) when(isOther(cell.column, to), cell.column) else TableCells.exact(cell.column, to)
      value.as(one.name)
    }
    when(length(trim(cell.column)) > 0, struct(values: _*))
  }
}
