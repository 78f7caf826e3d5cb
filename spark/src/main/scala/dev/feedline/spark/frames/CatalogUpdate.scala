package dev.feedline.spark.frames

import org.apache.spark.sql.DataFrame
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils
import org.apache.spark.sql.functions.col
import org.apache.spark.sql.types._
import scala.jdk.CollectionConverters._
import software.amazon.awssdk.services.glue.GlueClient
import software.amazon.awssdk.services.glue.model.{
  BatchCreatePartitionRequest,
  Column => GlueColumn,
  CreateTableRequest,
  EntityNotFoundException,
  GetDatabaseRequest,
  GetTableRequest,
  PartitionInput,
  StorageDescriptor,
  Table,
  TableInput,
  UpdateTableRequest
}

/** What the Data Catalog is told of files that a sink has written: their table, its columns, its partitions.
  *
  * https://docs.aws.amazon.com/glue/latest/dg/update-from-job.html
  *
  * @param catalogId
  *   null for the account's own
  * @param folder
  *   the table's
  * @param keys
  *   its partitions'
  * @param changesColumns
  *   whether a table that is there gets the columns that are new, and the types that have changed
  */
final case class CatalogUpdate(
    database: String,
    tableName: String,
    catalogId: String,
    folder: String,
    keys: Seq[String],
    format: TableFormat,
    changesColumns: Boolean
) {
  private def name = s"$database.$tableName"

  /** Refuses what the table could not be told of afterwards: nothing is written then.
    *
    * @return
    *   the same records, with their columns in the order of the table's files
    */
  def fitting(glue: GlueClient, frame: DataFrame): DataFrame = {
    frame.schema.find(field => Choice.existsIn(field.dataType)).foreach { field =>
      throw new IllegalArgumentException(s"The table $name can have no column ${field.name}, which is a choice: resolve it first with resolveChoice")
    }
    find(glue) match {
      case None =>
        glue.getDatabase(GetDatabaseRequest.builder().catalogId(catalogId).name(database).build()) // throws when there is none
        frame
      case Some(_) =>
        val table = CatalogTable.get(glue, database, tableName, catalogId)
        checkFiles(table)
        if (format.name == "csv") CsvCells.inOrder(frame, table.all.map(_.name), s"The table $name") else frame
    }
  }

  private def checkFiles(table: CatalogTable): Unit = {
    val of = s"the table $name"
    checkKeys(table.table)
    if (keys.isEmpty && table.location.stripSuffix("/") != folder.stripSuffix("/")) {
      throw new IllegalArgumentException(s"$of is at ${table.location}, and the sink writes to $folder, where nobody who reads the table looks")
    }
    if (Formats.writer(table.format.name, table.format.writing, None, of) != Formats.writer(format.name, format.writing, None, of)) {
      throw new IllegalArgumentException(
        s"$of has files of ${table.format.name} ${shown(table.format)}, and the sink writes ${format.name} ${shown(format)}"
      )
    }
  }

  private def shown(one: TableFormat): String = one.writing.map { case (option, value) => s"$option=$value" }.toSeq.sorted.mkString("(", ", ", ")")

  private def checkKeys(table: Table): Unit = {
    val ofTable = table.partitionKeys.asScala.map(_.name).toSeq
    if (ofTable != keys) {
      throw new IllegalArgumentException(s"The table $name has the partition keys ${ofTable.mkString(", ")}, and the sink ${keys.mkString(", ")}")
    }
  }

  /** @param written
    *   the records; their partitions are seen by computing them once more
    */
  def apply(glue: GlueClient, written: DataFrame): Unit = {
    val columns = written.schema.filterNot(field => keys.contains(field.name) || field.dataType == NullType)
    val table = find(glue) match {
      case None =>
        create(glue, columns, keys.map(key => written.schema(key)))
        find(glue)
      case Some(found) => changed(glue, found, columns)
    }
    table.filter(_ => keys.nonEmpty).foreach(addPartitions(glue, _, written))
  }

  private def find(glue: GlueClient): Option[Table] =
    try Some(glue.getTable(GetTableRequest.builder().catalogId(catalogId).databaseName(database).name(tableName).build()).table)
    catch { case _: EntityNotFoundException => None }

  private def create(glue: GlueClient, columns: Seq[StructField], keyColumns: Seq[StructField]): Unit = {
    val input = TableInput
      .builder()
      .name(tableName)
      .tableType("EXTERNAL_TABLE")
      .parameters((format.parameters + ("classification" -> format.name)).asJava)
      .partitionKeys(keyColumns.map(CatalogUpdate.column).asJava)
      .storageDescriptor(format.descriptor(folder).columns(columns.map(CatalogUpdate.column).asJava).build())
      .build()
    glue.createTable(CreateTableRequest.builder().catalogId(catalogId).databaseName(database).tableInput(input).build())
  }

  /** @return the table when the records fit it */
  private def changed(glue: GlueClient, table: Table, columns: Seq[StructField]): Option[Table] = {
    checkKeys(table)
    val before = table.storageDescriptor.columns.asScala.toSeq
    val written = columns.map(CatalogUpdate.column)
    def in(others: Seq[GlueColumn], one: GlueColumn) = others.find(_.name.equalsIgnoreCase(one.name))
    val after = before.map(one => in(written, one).fold(one)(now => one.toBuilder.`type`(now.`type`).build())) ++
      written.filter(one => in(before, one).isEmpty)
    if (after == before) Some(table)
    else if (changesColumns) {
      val descriptor = table.storageDescriptor.toBuilder.columns(after.asJava).build()
      val input = TableInput
        .builder()
        .name(table.name)
        .description(table.description)
        .owner(table.owner)
        .retention(table.retention)
        .tableType(table.tableType)
        .parameters(table.parameters)
        .partitionKeys(table.partitionKeys)
        .storageDescriptor(descriptor)
        .build()
      glue.updateTable(UpdateTableRequest.builder().catalogId(catalogId).databaseName(database).tableInput(input).build())
      Some(table.toBuilder.storageDescriptor(descriptor).build())
    } else {
      Console.err.println(s"The table $name stays as it is, without new partitions: what was written has other columns (updateBehavior LOG)")
      None
    }
  }

  private def addPartitions(glue: GlueClient, table: Table, written: DataFrame): Unit = {
    val values = written.select(keys.map(key => col(Fields.quoted(key)).cast(StringType)): _*).distinct().collect()
    values.toSeq.map(row => keys.indices.map(at => row.getString(at))).grouped(CatalogUpdate.Batch).foreach { some =>
      val inputs = some.map { one =>
        val names = keys.zip(one).map { case (key, value) => ExternalCatalogUtils.getPartitionPathString(key, value) }
        val location = (folder.stripSuffix("/") +: names).mkString("/") + "/"
        PartitionInput
          .builder()
          .values(one.map(value => if (value == null) ExternalCatalogUtils.DEFAULT_PARTITION_NAME else value).asJava)
          .storageDescriptor(table.storageDescriptor.toBuilder.location(location).build())
          .build()
      }
      val request = BatchCreatePartitionRequest.builder().catalogId(catalogId).databaseName(database).tableName(tableName)
      val errors = glue.batchCreatePartition(request.partitionInputList(inputs.asJava).build()).errors.asScala
      errors.find(_.errorDetail.errorCode != "AlreadyExistsException").foreach { error =>
        throw new IllegalStateException(
          s"The partition ${error.partitionValues.asScala.mkString("/")} of $name was not created: ${error.errorDetail.errorMessage}"
        )
      }
    }
  }
}

object CatalogUpdate {

  /** The most that one request may have. */
  private val Batch = 100

  private def column(field: StructField): GlueColumn =
    GlueColumn.builder().name(field.name).`type`(field.dataType.catalogString).build()

  /** Whether a sink's options ask for an update, and of what. */
  final case class Wish(changesColumns: Boolean)

  def wish(options: Options): Option[Wish] = {
    val changes = options.text("updateBehavior").map(_.toUpperCase(java.util.Locale.ROOT)) match {
      case None | Some("UPDATE_IN_DATABASE") => true
      case Some("LOG")                       => false
      case Some(other) =>
        throw new IllegalArgumentException(s"The option updateBehavior of ${options.of} is UPDATE_IN_DATABASE or LOG, not $other")
    }
    if (options.flag("enableUpdateCatalog", otherwise = false)) Some(Wish(changes)) else None
  }
}
