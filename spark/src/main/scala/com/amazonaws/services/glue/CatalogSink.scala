package com.amazonaws.services.glue

import com.amazonaws.services.glue.errors.CallSite
import com.amazonaws.services.glue.util.JsonOptions
import dev.feedline.spark.frames._

/** More files for a table, in the folders of its partitions. */
private[glue] final class CatalogSink(
    glueContext: GlueContext,
    database: String,
    tableName: String,
    catalogId: String,
    additionalOptions: JsonOptions
) extends DataSink {
  private val of = s"the sink $database.$tableName"
  private val options = Options(of, additionalOptions.toMap).only("compression", "enableUpdateCatalog", "partitionKeys", "path", "updateBehavior")
  private val wish = CatalogUpdate.wish(options)

  override def setFormat(name: String, options: JsonOptions): Unit =
    throw Unsupported(s"A format for $of", "it is the table's")

  override def supportsFormat(name: String): Boolean = false

  override def setCatalogInfo(catalogDatabase: String, catalogTableName: String, catalogId: String): Unit =
    throw Unsupported(s"setCatalogInfo of $of", "it has its table already")

  override def writeDynamicFrame(frame: DynamicFrame, callSite: CallSite): DynamicFrame = {
    val table = known()
    val keys = table.keys.map(_.name)
    val said = options.texts("partitionKeys")
    if (said.nonEmpty && said != keys) {
      throw new IllegalArgumentException(s"$of has the partition keys ${keys.mkString(", ")}, and not ${said.mkString(", ")}")
    }
    options.text("path").filter(_.stripSuffix("/") != table.location.stripSuffix("/")).foreach { path =>
      throw new IllegalArgumentException(s"$of is at ${table.location}, where its table says, and cannot be at $path")
    }
    val writer = Formats.writer(table.format.name, table.format.writing, options.text("compression"), of)
    val update = wish.map { how =>
      CatalogUpdate(database, tableName, catalogId, table.location, keys, table.format, how.changesColumns)
    }
    val fitting = update.fold(inOrder(frame, table))(frame.fitting)
    fitting.writeWith(writer, table.location, keys, of)
    update.foreach(fitting.tell)
    frame
  }

  private def known(): CatalogTable = DataCatalog.ask(CatalogTable.get(_, database, tableName, catalogId))

  private def inOrder(frame: DynamicFrame, table: CatalogTable): DynamicFrame =
    if (frame.isNothing || table.format.name != "csv") frame
    else {
      val ordered = CsvCells.inOrder(frame.columns, table.all.map(_.name), of)
      new DynamicFrame(glueContext, ordered, frame.name, frame.transformationContext)
    }

  override def errorsAsDynamicFrame(): DynamicFrame = DynamicFrame.emptyDynamicFrame(glueContext)
}
