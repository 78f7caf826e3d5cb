import com.amazonaws.services.glue.util.GlueArgParser
import dev.feedline.spark.JsonToParquet
import org.apache.spark.SparkContext

/** The pipeline's conversion job as a script of AWS Glue 6.0, with Feedline's jars as `--extra-jars`; docs/glue.md says
  * how it is deployed.
  *
  * It converts the feeds whose tables in the catalog name this job.
  */
object FeedlineJsonToParquet {
  private val Arguments = Array("JOB_NAME", "FEEDLINE_LANDING_BUCKET", "FEEDLINE_LAKE_BUCKET")

  def main(args: Array[String]): Unit = {
    val given = GlueArgParser.getResolvedOptions(args, Arguments)
    val words = Arguments.flatMap(name => Array("--" + name, given(name)))
    JsonToParquet.run(SparkContext.getOrCreate(), words)
  }
}
