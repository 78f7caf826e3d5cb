package com.amazonaws.services.glue.util

import com.amazonaws.services.glue.GlueContext
import dev.feedline.spark.RunOfDriver
import dev.feedline.spark.frames.Unsupported
import scala.jdk.CollectionConverters._

/** The run that the script is in: it begins with `init`, and what its sources have read is done with `commit`.
  *
  * https://docs.aws.amazon.com/glue/latest/dg/glue-etl-scala-apis-glue-util-job.html
  */
object Job {
  @volatile private var arguments: Option[Map[String, String]] = None

  /** @param args
    *   as the script has resolved them; a run's bookmarks come from its own arguments, whether they are among these or not
    */
  def init(
      jobName: String,
      glueContext: GlueContext,
      args: java.util.Map[String, String] = Map.empty[String, String].asJava
  ): this.type = {
    require(glueContext != null, s"Job.init of $jobName was given no GlueContext")
    arguments = Some(args.asScala.toMap + ("JOB_NAME" -> jobName))
    this
  }

  def init(
      jobName: String,
      glueContext: GlueContext,
      endpoint: String,
      args: java.util.Map[String, String]
  ): this.type =
    throw Unsupported(
      s"Job.init of $jobName with the endpoint $endpoint",
      "Feedline's services are where AWS_ENDPOINT_URL says"
    )

  /** Makes the bookmarks of what was read under a transformation context until now the job's, however the run ends after it. */
  def commit(): Unit = {
    if (!isInitialized) {
      throw new IllegalStateException("Job.commit() without Job.init(…): what would be committed is not known")
    }
    RunOfDriver.CURRENT.commit()
  }

  def isInitialized: Boolean = arguments.isDefined

  def reset(): Unit =
    throw Unsupported("Job.reset", "forget a job's bookmark with ResetJobBookmark (aws glue reset-job-bookmark)")

  /** The run's id, empty where no run of Glue is at work. */
  def runId: String = RunOfDriver.CURRENT.runId()
}
