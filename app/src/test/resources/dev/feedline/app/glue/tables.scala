import com.amazonaws.services.glue.ChoiceOption
import com.amazonaws.services.glue.DynamicFrame
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
    listed(glueContext, resolved)
    Job.commit()
  }

  /** A table of CSV knows how its cells are told apart, and all its files have them in one order and by its names. */
  private def listed(glueContext: GlueContext, prices: DynamicFrame): Unit = {
    val sink = glueContext
      .getSink("s3", JsonOptions(Map("path" -> "s3://shop/listed/", "partitionKeys" -> Seq("currency"), "enableUpdateCatalog" -> true)))
      .withFormat("csv", JsonOptions(Map("separator" -> ";", "quoteChar" -> "'", "escaper" -> "\\", "writeHeader" -> false)))
    sink.setCatalogInfo("shop", "listed")
    val noted = prices.map((record: DynamicRecord) => {
      record.addField("note", StringNode("it's; \"so\""))
      record
    })
    sink.writeDynamicFrame(noted)
    sink.writeDynamicFrame(noted.selectFields(Seq("note", "currency", "price", "id")).renameField("currency", "Currency"))
    val there = glueContext.getCatalogSource("shop", "listed").getDynamicFrame().toDF()
    val rows = there.select("id", "price", "currency", "note").collect().map(_.toString).sorted.mkString("\n")
    val expected = Seq("[1,9.50,EUR,it's; \"so\"]", "[2,null,EUR,it's; \"so\"]").flatMap(row => Seq(row, row)).mkString("\n")
    if (rows != expected) throw new IllegalStateException(rows)
    val refused = scala.util.Try(sink.writeDynamicFrame(noted.dropField("note"))).failed.get.getMessage
    if (!refused.contains("The table shop.listed is CSV with the columns")) throw new IllegalStateException(refused)
    val other = glueContext
      .getSink("s3", JsonOptions(Map("path" -> "s3://shop/listed/", "partitionKeys" -> Seq("currency"), "enableUpdateCatalog" -> true)))
      .withFormat("json")
    other.setCatalogInfo("shop", "listed")
    val ofOtherFormat = scala.util.Try(other.writeDynamicFrame(noted)).failed.get.getMessage
    if (!ofOtherFormat.contains("has files of csv")) throw new IllegalStateException(ofOtherFormat)
  }
}
