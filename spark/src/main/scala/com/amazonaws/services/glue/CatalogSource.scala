package com.amazonaws.services.glue

import com.amazonaws.services.glue.util.JsonOptions
import dev.feedline.spark.frames._
import org.apache.hadoop.fs.FileStatus
import org.apache.spark.sql.{DataFrame, Row}
import org.apache.spark.sql.types.StructType
import scala.jdk.CollectionConverters._

/** The files of a table, of those of its partitions that are chosen. */
private[glue] final class CatalogSource(
    override val glueContext: GlueContext,
    database: String,
    tableName: String,
    catalogId: String,
    pushDownPredicate: String,
    additionalOptions: JsonOptions,
    transformationContext: String
) extends DataSource {
  private val of = s"the source $database.$tableName"
  private val options = Options(of, additionalOptions.toMap)
    .only(
      "catalogPartitionPredicate",
      "compressionType",
      "exclusions",
      "groupFiles",
      "groupSize",
      "maxBand",
      "maxFilesInBand",
      "recurse"
    )

  override def setFormat(name: String, options: JsonOptions): Unit =
    throw Unsupported(s"A format for $of", "it is the table's")

  override def supportsFormat(name: String): Boolean = false

  override def getDynamicFrame(): DynamicFrame = {
    val (table, partitions) = known()
    val frame = if (table.keys.isEmpty) whole(table) else ofPartitions(table, partitions)
    glueContext.divided(new DynamicFrame(glueContext, frame, tableName, transformationContext))
  }

  private def known(): (CatalogTable, Seq[CatalogTable.Partition]) =
    DataCatalog.ask { glue =>
      val table = CatalogTable.get(glue, database, tableName, catalogId)
      val expression = options.text("catalogPartitionPredicate").filterNot(_.isBlank)
      if (table.keys.isEmpty && (expression.isDefined || !pushDownPredicate.isBlank)) {
        throw new IllegalArgumentException(s"$of has no partitions that a predicate could choose among")
      }
      val all = if (table.keys.isEmpty) Seq.empty else table.partitions(glue, expression)
      (table, table.chosen(all, pushDownPredicate, glueContext.getSparkSession))
    }

  private def whole(table: CatalogTable): DataFrame = read(table, open(list(table.location)), origin = false)

  private def ofPartitions(table: CatalogTable, partitions: Seq[CatalogTable.Partition]): DataFrame = {
    val listed = partitions.flatMap(one => list(one.location).map(_ -> one))
    checkDistinct(listed)
    val byFolder = listed.map { case (file, one) => file.getPath.getParent.toString -> one }.toMap
    val files = open(listed.map { case (file, _) => file })
    val records = read(table, files, origin = true)
    if (files.isEmpty) records else table.withKeys(records, byFolder)
  }

  /** A record's partition is that of its file, so that no file may be of two. */
  private def checkDistinct(listed: Seq[(FileStatus, CatalogTable.Partition)]): Unit =
    listed.groupMap { case (file, _) => file.getPath } { case (_, one) => one }.find(_._2.size > 1).foreach {
      case (path, several) =>
        val names = several.map(_.values.mkString("/")).mkString(" and ")
        throw new IllegalArgumentException(s"$of has $path in the locations of several partitions, $names: each must have its own")
    }

  private def list(location: String): Seq[FileStatus] =
    SourceFiles.list(Seq(location), options.flag("recurse", otherwise = false), Exclusions.of(options), glueContext.hadoop)

  private def open(listed: Seq[FileStatus]): Seq[String] = {
    SourceFiles.checkCompression(listed, options)
    FileSource.open(listed, transformationContext, SourceFiles.Band.of(options))
  }

  private def read(table: CatalogTable, files: Seq[String], origin: Boolean): DataFrame = {
    val session = glueContext.getSparkSession
    if (files.isEmpty) session.createDataFrame(Seq.empty[Row].asJava, table.all)
    else Formats.reader(table.format.name, table.format.reading, of).read(session, files, StructType(table.columns), origin)
  }
}

private[glue] object CatalogSource {

  /** The columns of a table, partition keys included. */
  def types(database: Option[String], tableName: Option[String]): StructType = (database, tableName) match {
    case (Some(ofDatabase), Some(name)) =>
      DataCatalog.ask(CatalogTable.get(_, ofDatabase, name, null).all)
    case _ => throw new IllegalArgumentException("resolveChoice with match_catalog needs the database and the tableName to match")
  }
}
