import com.amazonaws.services.glue.GlueContext
import com.amazonaws.services.glue.MappingSpec
import com.amazonaws.services.glue.errors.CallSite
import com.amazonaws.services.glue.util.GlueArgParser
import com.amazonaws.services.glue.util.Job
import com.amazonaws.services.glue.util.JsonOptions
import org.apache.spark.SparkContext
import scala.collection.JavaConverters._

object GlueApp {
  def main(sysArgs: Array[String]) {
    val spark: SparkContext = new SparkContext()
    val glueContext: GlueContext = new GlueContext(spark)
    // @params: [JOB_NAME]
    val args = GlueArgParser.getResolvedOptions(sysArgs, Seq("JOB_NAME", "OUT", "DAYS", "ENDS").toArray)
    Job.init(args("JOB_NAME"), glueContext, args.asJava)
    val datasource0 = glueContext.getCatalogSource(database = "shop", tableName = "orders", redshiftTmpDir = "", transformationContext = "datasource0", pushDownPredicate = args("DAYS")).getDynamicFrame()
    val applymapping1 = datasource0.applyMapping(mappings = Seq(("id", "long", "id", "long"), ("customer.name", "string", "customer", "string"), ("total", "string", "total", "decimal(10,2)"), ("day", "date", "day", "date")), caseSensitive = false, transformationContext = "applymapping1")
    val datasink2 = glueContext.getSinkWithFormat(connectionType = "s3", options = JsonOptions(Map("path" -> args("OUT"))), transformationContext = "datasink2", format = "parquet").writeDynamicFrame(applymapping1)
    if (args("ENDS") == "badly") throw new IllegalStateException("before its commit")
    Job.commit()
  }
}
