package com.amazonaws.services.glue

import com.amazonaws.services.glue.errors.CallSite
import com.amazonaws.services.glue.util.JsonOptions
import dev.feedline.spark.frames.Unsupported

/** Where a frame goes.
  *
  * https://docs.aws.amazon.com/glue/latest/dg/glue-etl-scala-apis-glue-datasink-class.html
  */
abstract class DataSink {

  /** Writes more files beside those that are there; a frame without records writes none.
    *
    * @return
    *   the same frame
    */
  def writeDynamicFrame(frame: DynamicFrame, callSite: CallSite = CallSite("Not provided", "")): DynamicFrame

  def pyWriteDynamicFrame(frame: DynamicFrame, site: String = "Not provided", info: String = ""): DynamicFrame =
    throw Unsupported("DataSink.pyWriteDynamicFrame", "it is Python's; use writeDynamicFrame")

  /** The table to create or to bring up to date, for sinks with the option `enableUpdateCatalog`. */
  def setCatalogInfo(catalogDatabase: String, catalogTableName: String, catalogId: String = ""): Unit

  def supportsFormat(format: String): Boolean

  def setFormat(format: String, options: JsonOptions): Unit

  def withFormat(format: String, options: JsonOptions = JsonOptions.empty): DataSink = {
    setFormat(format, options)
    this
  }

  def setAccumulableSize(size: Int): Unit =
    throw Unsupported("DataSink.setAccumulableSize", "a record that cannot be written fails the run")

  /** No records: one that cannot be written fails the run. */
  def errorsAsDynamicFrame(): DynamicFrame
}
