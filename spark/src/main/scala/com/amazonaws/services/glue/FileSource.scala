package com.amazonaws.services.glue

import com.amazonaws.services.glue.util.{Job, JsonOptions}
import dev.feedline.spark.RunOfDriver
import dev.feedline.spark.frames.{Exclusions, Formats, Options, SourceFiles}
import org.apache.spark.sql.Row
import org.apache.spark.sql.types.StructType

/** Files under paths of S3. */
private[glue] final class FileSource(
    override val glueContext: GlueContext,
    connectionOptions: JsonOptions,
    transformationContext: String
) extends DataSource {
  private val of = s"the source ${if (transformationContext.isEmpty) "s3" else transformationContext}"
  private val options = Options(of, connectionOptions.toMap)
    .only("compressionType", "exclusions", "groupFiles", "groupSize", "maxBand", "maxFilesInBand", "paths", "recurse")
  private var format: Option[(String, JsonOptions)] = None

  override def setFormat(name: String, options: JsonOptions): Unit = {
    Formats.reader(name, options.toMap, of)
    format = Some((name, options))
  }

  override def supportsFormat(name: String): Boolean = Formats.isKnown(name) && name != "glueparquet"

  override def getDynamicFrame(): DynamicFrame = {
    val (name, formatOptions) =
      format.getOrElse(throw new IllegalArgumentException(s"$of has no format: getSourceWithFormat, or withFormat, says it"))
    val paths = options.texts("paths")
    if (paths.isEmpty) {
      throw new IllegalArgumentException(s"$of has no paths: its option paths is a list of those to read")
    }
    val session = glueContext.getSparkSession
    val listed = SourceFiles.list(paths, options.flag("recurse", otherwise = false), Exclusions.of(options), glueContext.hadoop)
    SourceFiles.checkCompression(listed, options)
    val files = FileSource.open(listed, transformationContext, SourceFiles.Band.of(options))
    val frame =
      if (files.isEmpty) session.createDataFrame(java.util.List.of[Row](), StructType(Nil))
      else Formats.reader(name, formatOptions.toMap, of).read(session, files, StructType(Nil), origin = false)
    glueContext.divided(new DynamicFrame(glueContext, frame, "", transformationContext))
  }
}

private[glue] object FileSource {

  /** Those that are not done, by their paths; without [[Job.init]] nothing is known of bookmarks. */
  def open(
      listed: Seq[org.apache.hadoop.fs.FileStatus],
      transformationContext: String,
      band: SourceFiles.Band
  ): Seq[String] = {
    val context = if (Job.isInitialized) transformationContext else ""
    SourceFiles.notDone(listed, context, band, RunOfDriver.CURRENT.bookmarks()).map(_.getPath.toString)
  }
}
