package dev.feedline.spark.frames

import org.apache.spark.sql.{DataFrame, Row, SparkSession}
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser
import org.apache.spark.sql.catalyst.util.CharVarcharUtils
import org.apache.spark.sql.functions._
import org.apache.spark.sql.types._
import scala.jdk.CollectionConverters._
import software.amazon.awssdk.services.glue.GlueClient
import software.amazon.awssdk.services.glue.model.{Column => GlueColumn, GetPartitionsRequest, GetTableRequest, Table}

/** A table of the Data Catalog: files, and what they have.
  *
  * @param keys
  *   its partitions', in their order
  */
final case class CatalogTable(table: Table, columns: StructType, keys: StructType, format: TableFormat) {
  def name: String = s"${table.databaseName}.${table.name}"

  def location: String = table.storageDescriptor.location

  def all: StructType = StructType(columns ++ keys)

  /** @param expression
    *   that the Data Catalog chooses by, empty for all
    */
  def partitions(glue: GlueClient, expression: Option[String]): Seq[CatalogTable.Partition] = {
    val request = GetPartitionsRequest.builder().databaseName(table.databaseName).tableName(table.name)
    if (table.catalogId != null) request.catalogId(table.catalogId)
    expression.foreach(request.expression(_))
    glue
      .getPartitionsPaginator(request.build())
      .asScala
      .flatMap(_.partitions.asScala)
      .map { one =>
        val serde = Option(one.storageDescriptor).flatMap(of => Option(of.serdeInfo)).map(_.serializationLibrary).orNull
        val ofTable = Option(table.storageDescriptor.serdeInfo).map(_.serializationLibrary).orNull
        if (serde != null && serde != ofTable) {
          throw Unsupported(s"The partition ${one.values.asScala.mkString("/")} of $name", s"its serializer $serde is not the table's")
        }
        val location = Option(one.storageDescriptor).flatMap(of => Option(of.location)).filter(_.nonEmpty)
        CatalogTable.Partition(
          one.values.asScala.toSeq,
          location.getOrElse(throw Unsupported(s"The partition ${one.values.asScala.mkString("/")} of $name", "it has no location"))
        )
      }
      .toSeq
  }

  /** Those of which a predicate of Spark's SQL on the keys holds. */
  def chosen(partitions: Seq[CatalogTable.Partition], predicate: String, session: SparkSession): Seq[CatalogTable.Partition] =
    if (predicate.isBlank) partitions
    else {
      val at = "feedline.partition"
      val texts = StructType(keys.map(key => StructField(key.name, StringType)) :+ StructField(at, IntegerType))
      val rows = partitions.zipWithIndex.map { case (one, index) => Row.fromSeq(one.values.map(CatalogTable.known) :+ index) }
      val typed = session
        .createDataFrame(rows.asJava, texts)
        .select(keys.map(key => col(Fields.quoted(key.name)).cast(key.dataType).as(key.name)) :+ col(Fields.quoted(at)): _*)
      typed.where(predicate).select(col(Fields.quoted(at))).collect().toSeq.map(row => partitions(row.getInt(0)))
    }

  /** Records with their partition's values in the place of the files that they come from.
    *
    * @param byFolder
    *   the partition of each folder with files
    */
  def withKeys(records: DataFrame, byFolder: Map[String, CatalogTable.Partition]): DataFrame = {
    val values = byFolder.map { case (folder, one) => folder -> one.values.map(CatalogTable.known) }
    val ofFile = udf((file: String) => values(CatalogTable.folder(file)))
    val at = "feedline.values"
    val names = keys.map(_.name.toLowerCase(java.util.Locale.ROOT)).toSet + Formats.Origin
    val rest = Fields.of(records).filterNot(field => names(field.name.toLowerCase(java.util.Locale.ROOT)))
    val found = records.select(rest.map(_.named) :+ ofFile(records.col(Fields.quoted(Formats.Origin))).as(at): _*)
    found.select(
      rest.map(field => found.col(Fields.quoted(field.name))) ++ keys.zipWithIndex.map { case (key, index) =>
        found.col(Fields.quoted(at)).getItem(index).try_cast(key.dataType).as(key.name)
      }: _*
    )
  }
}

object CatalogTable {

  /** @param values
    *   one for each of the table's keys
    */
  final case class Partition(values: Seq[String], location: String)

  private val Null = "__HIVE_DEFAULT_PARTITION__"

  private def known(value: String): String = if (value == Null) null else value

  /** The folder of a file as Spark writes it, which is as a URI. */
  def folder(file: String): String =
    new org.apache.hadoop.fs.Path(new java.net.URI(file)).getParent.toString

  /** @param catalogId
    *   null for the account's own
    */
  def get(glue: GlueClient, database: String, name: String, catalogId: String): CatalogTable = {
    val request = GetTableRequest.builder().databaseName(database).name(name)
    if (catalogId != null && catalogId.nonEmpty) request.catalogId(catalogId)
    val table = glue.getTable(request.build()).table
    val descriptor = table.storageDescriptor
    if (descriptor == null || descriptor.location == null || descriptor.location.isEmpty) {
      throw Unsupported(s"The table $database.$name", "it has no location, and only tables of files can be read and written")
    }
    CatalogTable(table, struct(descriptor.columns), struct(table.partitionKeys), TableFormat.of(table))
  }

  private def struct(columns: java.util.List[GlueColumn]): StructType =
    StructType(columns.asScala.map(column => StructField(column.name, dataType(column))).toSeq)

  private def dataType(column: GlueColumn): DataType =
    CharVarcharUtils.replaceCharVarcharWithString(CatalystSqlParser.parseDataType(Option(column.`type`).getOrElse("string")))
}
