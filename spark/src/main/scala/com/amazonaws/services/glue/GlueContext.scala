package com.amazonaws.services.glue

import com.amazonaws.services.glue.util.JsonOptions
import dev.feedline.spark.frames.Unsupported
import org.apache.hadoop.conf.Configuration
import org.apache.spark.SparkContext
import org.apache.spark.api.java.JavaSparkContext
import org.apache.spark.sql.SparkSession
import org.apache.spark.sql.classic.SQLContext
import scala.annotation.nowarn

/** Where a script's sources and sinks come from.
  *
  * https://docs.aws.amazon.com/glue/latest/dg/glue-etl-scala-apis-glue-gluecontext.html
  *
  * @param partitioning
  *   of what is read: at least so many, else as many as the second says
  */
@nowarn("cat=deprecation") // AWS's is an SQLContext, too
class GlueContext private (@transient val sc: SparkContext, partitioning: Option[(Int, Int)]) extends SQLContext(sc) {

  /** Frames have the partitions that Spark makes of the files. */
  def this(sc: SparkContext) = this(sc, None)

  def this(sparkContext: JavaSparkContext) = this(sparkContext.sc)

  /** Frames that are read have `targetPartitions` when there would be fewer than `minPartitions`. */
  def this(sc: SparkContext, minPartitions: Int, targetPartitions: Int) =
    this(sc, Some((minPartitions, targetPartitions)))

  def getSparkSession: SparkSession = sparkSession

  private[glue] def hadoop: Configuration = sparkSession.sessionState.newHadoopConf()

  private[glue] def divided(frame: DynamicFrame): DynamicFrame =
    partitioning.fold(frame) { case (least, target) => frame.atLeast(least, target) }

  def getSource(
      connectionType: String,
      connectionOptions: JsonOptions,
      transformationContext: String = "",
      pushDownPredicate: String = ""
  ): DataSource = {
    GlueContext.refuseOthers(connectionType, "source")
    if (!pushDownPredicate.isBlank) {
      throw Unsupported(
        s"The pushDownPredicate of the source $transformationContext",
        "paths have no partitions that are known; read them as a table with getCatalogSource"
      )
    }
    new FileSource(this, connectionOptions, transformationContext)
  }

  def getSourceWithFormat(
      connectionType: String,
      options: JsonOptions,
      transformationContext: String = "",
      format: String = null,
      formatOptions: JsonOptions = JsonOptions.empty
  ): DataSource = {
    val source = getSource(connectionType, options, transformationContext)
    if (format == null) source else source.withFormat(format, formatOptions)
  }

  def getSink(connectionType: String, options: JsonOptions, transformationContext: String = ""): DataSink = {
    GlueContext.refuseOthers(connectionType, "sink")
    new FileSink(this, options, transformationContext)
  }

  def getSinkWithFormat(
      connectionType: String,
      options: JsonOptions,
      transformationContext: String = "",
      format: String = null,
      formatOptions: JsonOptions = JsonOptions.empty
  ): DataSink = {
    val sink = getSink(connectionType, options, transformationContext)
    if (format == null) sink else sink.withFormat(format, formatOptions)
  }

  /** @param redshiftTmpDir
    *   for tables of Redshift, of which there are none
    * @param pushDownPredicate
    *   of Spark's SQL on the partition keys
    * @param catalogId
    *   null for the account's own
    */
  def getCatalogSource(
      database: String,
      tableName: String,
      redshiftTmpDir: String = "",
      transformationContext: String = "",
      pushDownPredicate: String = " ",
      additionalOptions: JsonOptions = JsonOptions.empty,
      catalogId: String = null
  ): DataSource =
    new CatalogSource(this, database, tableName, catalogId, pushDownPredicate, additionalOptions, transformationContext)

  def getCatalogSink(
      database: String,
      tableName: String,
      redshiftTmpDir: String = "",
      transformationContext: String = "",
      additionalOptions: JsonOptions = JsonOptions.empty,
      catalogId: String = null
  ): DataSink = new CatalogSink(this, database, tableName, catalogId, additionalOptions)

  def getJDBCSink(
      catalogConnection: String,
      options: JsonOptions,
      redshiftTmpDir: String = "",
      transformationContext: String = "",
      catalogId: String = null
  ): DataSink =
    throw Unsupported(s"GlueContext.getJDBCSink ($catalogConnection)", "sinks are files of S3; Spark's own frame.write.format(\"jdbc\") writes to databases")
}

private[glue] object GlueContext {
  private def refuseOthers(connectionType: String, what: String): Unit =
    if (connectionType != "s3") {
      throw Unsupported(s"The connection type $connectionType of a $what", s"there is s3, with the format that getS${what.tail}WithFormat says")
    }
}
