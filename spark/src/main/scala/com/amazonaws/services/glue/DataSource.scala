package com.amazonaws.services.glue

import com.amazonaws.services.glue.util.JsonOptions

/** Where a frame comes from.
  *
  * https://docs.aws.amazon.com/glue/latest/dg/glue-etl-scala-apis-glue-datasource-trait.html
  */
trait DataSource {

  /** Lists the files, and reads those that a bookmark does not say are done. */
  def getDynamicFrame(): DynamicFrame

  /** In `targetPartitions` when there would be fewer than `minPartitions`. */
  def getDynamicFrame(minPartitions: Int, targetPartitions: Int): DynamicFrame =
    getDynamicFrame().atLeast(minPartitions, targetPartitions)

  def glueContext: GlueContext

  def setFormat(format: String, options: String): Unit = setFormat(format, JsonOptions(options))

  def setFormat(format: String, options: JsonOptions): Unit

  def supportsFormat(format: String): Boolean

  def withFormat(format: String, options: JsonOptions = JsonOptions.empty): DataSource = {
    setFormat(format, options)
    this
  }
}
