import com.amazonaws.services.glue.{DynamicFrame, GlueContext, MappingSpec}
import com.amazonaws.services.glue.util.{GlueArgParser, Job, JsonOptions}
import org.apache.spark.SparkContext
import scala.jdk.CollectionConverters._

/** The orders that are new since the last run, flat, as Parquet under OUT. */
object NewOrders {
  private val Columns = Seq(
    MappingSpec("id", "long", "id", "long"),
    MappingSpec("customer.name", "string", "customer", "string"),
    MappingSpec("total", "string", "total", "decimal(10,2)"),
    MappingSpec("day", "date", "day", "date")
  )

  def main(words: Array[String]): Unit = {
    val given = GlueArgParser.getResolvedOptions(words, Array("JOB_NAME", "OUT", "DAYS", "ENDS"))
    val glue = new GlueContext(new SparkContext())
    Job.init(given("JOB_NAME"), glue, given.asJava)
    write(flat(read(glue, given("DAYS"))), given("OUT"))
    if (given("ENDS") == "badly") throw new IllegalStateException("before its commit")
    Job.commit()
    if (given("ENDS") == "late") throw new IllegalStateException("after its commit")
  }

  private def read(glue: GlueContext, days: String): DynamicFrame =
    glue.getCatalogSource("shop", "orders", transformationContext = "new orders", pushDownPredicate = days).getDynamicFrame()

  private def flat(orders: DynamicFrame): DynamicFrame = orders.applyMapping(Columns, caseSensitive = false)

  private def write(orders: DynamicFrame, out: String): Unit =
    orders.glueContext.getSinkWithFormat("s3", JsonOptions(Map("path" -> out)), format = "parquet").writeDynamicFrame(orders)
}
