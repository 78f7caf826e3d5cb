import com.amazonaws.services.glue.ChoiceOption
import com.amazonaws.services.glue.DynamicRecord
import com.amazonaws.services.glue.GlueContext
import com.amazonaws.services.glue.ResolveSpec
import com.amazonaws.services.glue.types.StringNode
import com.amazonaws.services.glue.util.GlueArgParser
import com.amazonaws.services.glue.util.Job
import com.amazonaws.services.glue.util.JsonOptions
import org.apache.spark.SparkContext
import org.apache.spark.sql.SparkSession
import scala.collection.JavaConverters._

object Tables {
  def main(sysArgs: Array[String]): Unit = {
    val glueContext: GlueContext = new GlueContext(new SparkContext())
    val session: SparkSession = glueContext.getSparkSession
    import session.implicits._
    val args = GlueArgParser.getResolvedOptions(sysArgs, Array("JOB_NAME"))
    Job.init(args("JOB_NAME"), glueContext, args.asJava)
    val prices = glueContext.getCatalogSource("shop", "prices").getDynamicFrame()
    prices.printSchema()
    val resolved = prices
      .resolveChoice(Seq.empty[ResolveSpec], Some(ChoiceOption("MATCH_CATALOG")), Some("shop"), Some("prices"))
      .filter((record: DynamicRecord) => record.getField("id").isDefined)
      .map((record: DynamicRecord) => {
        record.addField("currency", StringNode("EUR"))
        record
      })
    if (resolved.toDF().as[(Long, Option[BigDecimal], String)].collect().map(_._1).sum != 3) throw new IllegalStateException("lost")
    glueContext
      .getCatalogSink("shop", "sorted", additionalOptions = JsonOptions("""{"partitionKeys":["currency"]}"""))
      .writeDynamicFrame(resolved)
    val sink = glueContext
      .getSink("s3", JsonOptions(Map("path" -> "s3://shop/current/", "partitionKeys" -> Seq("currency"), "enableUpdateCatalog" -> true)))
      .withFormat("glueparquet")
    sink.setCatalogInfo("shop", "current")
    sink.writeDynamicFrame(resolved)
    sink.writeDynamicFrame(resolved.renameField("price", "cost"))
    val current = glueContext.getCatalogSource("shop", "current", pushDownPredicate = "currency in ('EUR', 'SEK')").getDynamicFrame()
    if (current.count() != 4) throw new IllegalStateException("there are " + current.count())
    Job.commit()
  }
}
