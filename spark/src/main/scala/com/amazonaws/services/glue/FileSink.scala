package com.amazonaws.services.glue

import com.amazonaws.services.glue.errors.CallSite
import com.amazonaws.services.glue.util.JsonOptions
import dev.feedline.spark.frames.{CatalogUpdate, Formats, Options, TableFormat}

/** Files under a path of S3. */
private[glue] final class FileSink(
    glueContext: GlueContext,
    connectionOptions: JsonOptions,
    transformationContext: String
) extends DataSink {
  private val of = s"the sink ${if (transformationContext.isEmpty) "s3" else transformationContext}"
  private val options = Options(of, connectionOptions.toMap)
    .only("compression", "enableUpdateCatalog", "partitionKeys", "path", "updateBehavior")
  private var format: Option[(String, JsonOptions)] = None
  private val wish = CatalogUpdate.wish(options)
  private var table: Option[(String, String, String)] = None

  override def setFormat(name: String, options: JsonOptions): Unit = {
    Formats.writer(name, options.toMap, None, of)
    format = Some((name, options))
  }

  override def supportsFormat(name: String): Boolean = Formats.isKnown(name)

  override def setCatalogInfo(catalogDatabase: String, catalogTableName: String, catalogId: String): Unit =
    table = Some((catalogDatabase, catalogTableName, if (catalogId.isEmpty) null else catalogId))

  override def writeDynamicFrame(frame: DynamicFrame, callSite: CallSite): DynamicFrame = {
    val (name, formatOptions) =
      format.getOrElse(throw new IllegalArgumentException(s"$of has no format: getSinkWithFormat, or withFormat, says it"))
    val path = options
      .text("path")
      .getOrElse(throw new IllegalArgumentException(s"$of has no path: its option path is the folder to write into"))
    val writer = Formats.writer(name, formatOptions.toMap, options.text("compression"), of)
    val keys = options.texts("partitionKeys")
    val update = wish.map { how =>
      val (database, tableName, catalogId) = table.getOrElse(
        throw new IllegalArgumentException(s"$of has enableUpdateCatalog, and no table: setCatalogInfo says it")
      )
      val written = TableFormat.written(name, formatOptions.toMap)
      CatalogUpdate(database, tableName, catalogId, path, keys, written, how.changesColumns)
    }
    val fitting = update.fold(frame)(frame.fitting)
    fitting.writeWith(writer, path, keys, of)
    update.foreach(fitting.tell)
    frame
  }

  override def errorsAsDynamicFrame(): DynamicFrame = DynamicFrame.emptyDynamicFrame(glueContext)
}
