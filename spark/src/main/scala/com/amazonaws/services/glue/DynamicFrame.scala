package com.amazonaws.services.glue

import com.amazonaws.services.glue.errors.CallSite
import com.amazonaws.services.glue.schema.Schema
import com.amazonaws.services.glue.util.JsonOptions
import dev.feedline.spark.frames._
import org.apache.spark.sql.{Column, DataFrame, Row}
import org.apache.spark.sql.functions._
import org.apache.spark.sql.types._
import scala.util.control.NonFatal

/** Records of which each says itself what it has; a field may be a choice of several types.
  *
  * They are a `DataFrame` of Spark's, so that what is asked of them is planned by Spark as one query. A record that cannot be read,
  * mapped or written fails the run: there are no error records, and their count is 0.
  *
  * https://docs.aws.amazon.com/glue/latest/dg/glue-etl-scala-apis-glue-dynamicframe-class.html
  *
  * @param columns
  *   with their choices marked, see `Choice`
  */
class DynamicFrame private[glue] (
    val glueContext: GlueContext,
    private[glue] val columns: DataFrame,
    val name: String,
    val transformationContext: String
) extends Serializable {
  import DynamicFrame._

  def count(): Long = columns.count()

  def errorsCount: Long = 0

  def stageErrorsCount(): Long = 0

  /** Reads and computes every record. */
  def assertErrorThreshold(): Unit = columns.foreach((_: Row) => ())

  /** No records, as there are no errors. */
  def errorsAsDynamicFrame(): DynamicFrame = emptyDynamicFrame(glueContext)

  def schema: Schema = new Schema(columns.schema)

  def recomputeSchema(): Schema = schema

  def getSchemaIfComputed: Option[Schema] = Some(schema)

  def isSchemaComputed: Boolean = true

  def printSchema(): Unit = print(schema)

  def getName: String = name

  def getNumPartitions(): Int = columns.rdd.getNumPartitions

  /** Prints records as JSON. */
  def show(numRows: Int = 20): Unit = {
    val schema = columns.schema
    columns.take(numRows).foreach(row => println(Nodes.of(row, schema).toJson))
  }

  /** As Spark's own, where a choice is a struct with a field for each of its types.
    *
    * @param specs
    *   what becomes of choices first
    */
  def toDF(specs: Seq[ResolveSpec] = Seq.empty[ResolveSpec]): DataFrame =
    Resolution.structs(if (specs.isEmpty) columns else resolveChoice(specs = specs).columns)

  def applyMapping(
      mappings: Seq[Product4[String, String, String, String]],
      caseSensitive: Boolean = true,
      transformationContext: String = "",
      callSite: CallSite = NotProvided,
      stageThreshold: Long = 0,
      totalThreshold: Long = 0
  ): DynamicFrame = {
    refuseErrors("applyMapping", stageThreshold, totalThreshold)
    val lines = mappings.map(one => Mapping(FieldPath.parse(one._1), one._2, FieldPath.parse(one._3), one._4))
    val mapped = Mapping(
      columns,
      lines,
      caseSensitive,
      absent => if (columns.columns.nonEmpty) Console.err.println(s"applyMapping $absent: there is no ${absent.source}")
    )
    next(mapped, transformationContext)
  }

  def dropField(
      path: String,
      transformationContext: String = "",
      callSite: CallSite = NotProvided,
      stageThreshold: Long = 0,
      totalThreshold: Long = 0
  ): DynamicFrame = dropFields(Seq(path), transformationContext, callSite, stageThreshold, totalThreshold)

  def dropFields(
      fieldNames: Seq[String],
      transformationContext: String = "",
      callSite: CallSite = NotProvided,
      stageThreshold: Long = 0,
      totalThreshold: Long = 0
  ): DynamicFrame = {
    refuseErrors("dropFields", stageThreshold, totalThreshold)
    next(Fields.drop(columns, fieldNames.map(FieldPath.parse)), transformationContext)
  }

  /** Without the fields that are null in every record, at any depth. An array whose elements all are null, or that has none, stays. */
  def dropNulls(
      transformationContext: String = "",
      callSite: CallSite = NotProvided,
      stageThreshold: Long = 0,
      totalThreshold: Long = 0
  ): DynamicFrame = {
    refuseErrors("dropNulls", stageThreshold, totalThreshold)
    val kept = Fields.rewrite(columns) { (path, field) =>
      if (field.dataType == NullType && !path.steps.last.each) Some(Seq.empty) else None
    }
    next(kept, transformationContext)
  }

  def selectField(
      fieldName: String,
      transformationContext: String = "",
      callSite: CallSite = NotProvided,
      stageThreshold: Long = 0,
      totalThreshold: Long = 0
  ): DynamicFrame = selectFields(Seq(fieldName), transformationContext, callSite, stageThreshold, totalThreshold)

  /** The fields of these names, in this order, of those that there are; fields within fields are selected by `applyMapping`. */
  def selectFields(
      paths: Seq[String],
      transformationContext: String = "",
      callSite: CallSite = NotProvided,
      stageThreshold: Long = 0,
      totalThreshold: Long = 0
  ): DynamicFrame = {
    refuseErrors("selectFields", stageThreshold, totalThreshold)
    val fields = Fields.of(columns)
    val selected = paths.flatMap(path => Fields.find(fields, topLevel("selectFields", path)))
    next(columns.select(selected.map(_.named): _*), transformationContext)
  }

  /** A frame with the fields of these names, and one with the rest. */
  def splitFields(
      paths: Seq[String],
      transformationContext: String = "",
      callSite: CallSite = NotProvided,
      stageThreshold: Long = 0,
      totalThreshold: Long = 0
  ): Seq[DynamicFrame] = {
    val names = paths.map(topLevel("splitFields", _)).map(Fields.quoted)
    Seq(
      selectFields(names, transformationContext, callSite, stageThreshold, totalThreshold),
      dropFields(names, transformationContext, callSite, stageThreshold, totalThreshold)
    )
  }

  def renameField(
      oldName: String,
      newName: String,
      transformationContext: String = "",
      callSite: CallSite = NotProvided,
      stageThreshold: Long = 0,
      totalThreshold: Long = 0
  ): DynamicFrame = {
    refuseErrors("renameField", stageThreshold, totalThreshold)
    next(Fields.rename(columns, FieldPath.parse(oldName), FieldPath.parse(newName)), transformationContext)
  }

  def unnest(
      transformationContext: String = "",
      callSite: CallSite = NotProvided,
      stageThreshold: Long = 0,
      totalThreshold: Long = 0
  ): DynamicFrame = {
    refuseErrors("unnest", stageThreshold, totalThreshold)
    next(Fields.unnest(columns), transformationContext)
  }

  def resolveChoice(
      specs: Seq[Product2[String, String]] = Seq.empty[ResolveSpec],
      choiceOption: Option[ChoiceOption] = None,
      database: Option[String] = None,
      tableName: Option[String] = None,
      transformationContext: String = "",
      callSite: CallSite = NotProvided,
      stageThreshold: Long = 0,
      totalThreshold: Long = 0
  ): DynamicFrame = {
    refuseErrors("resolveChoice", stageThreshold, totalThreshold)
    val byPath = specs.map(spec => FieldPath.parse(spec._1) -> Resolution.parse(spec._2)).toMap
    val otherwise: FieldPath => Option[Resolution] = choiceOption match {
      case None                             => _ => None
      case Some(ResolvedChoiceOption(_, how)) => _ => Some(how)
      case Some(MatchCatalogSchemaChoiceOption()) =>
        val types = CatalogSource.types(database, tableName)
        path => Resolution.ofTable(path, types)
    }
    next(Resolution(columns, byPath, otherwise), transformationContext)
  }

  /** Those of which `f` says so.
    *
    * @param errorMsg
    *   said with what `f` throws, which fails the run
    */
  def filter(
      f: DynamicRecord => Boolean,
      errorMsg: String = "",
      transformationContext: String = "",
      callSite: CallSite = NotProvided,
      stageThreshold: Long = 0,
      totalThreshold: Long = 0
  ): DynamicFrame = {
    refuseErrors("filter", stageThreshold, totalThreshold)
    val (schema, chosen) = (columns.schema, saying(errorMsg, f))
    next(columns.filter((row: Row) => chosen(DynamicRecord(row, schema))), transformationContext)
  }

  /** Each as `f` makes it of a copy. The new fields' types are seen by computing all records once.
    *
    * @param errorMsg
    *   said with what `f` throws, which fails the run
    */
  def map(
      f: DynamicRecord => DynamicRecord,
      errorMsg: String = "",
      transformationContext: String = "",
      callSite: CallSite = NotProvided,
      stageThreshold: Long = 0,
      totalThreshold: Long = 0
  ): DynamicFrame = {
    refuseErrors("map", stageThreshold, totalThreshold)
    if (isNothing) next(columns, transformationContext)
    else {
      val (before, made) = (columns.schema, saying(errorMsg, f))
      val records = columns.rdd.map(row => made(new DynamicRecord(Nodes.of(row, before, withNulls = true))).getRoot)
      next(Records.frame(records, before, glueContext.getSparkSession), transformationContext)
    }
  }

  /** Records of both whose keys are equal. A field of `frame2` that has a name of this frame's gets a full stop before it. */
  def join(
      keys1: Seq[String],
      keys2: Seq[String],
      frame2: DynamicFrame,
      transformationContext: String = "",
      callSite: CallSite = NotProvided,
      stageThreshold: Long = 0,
      totalThreshold: Long = 0
  ): DynamicFrame = {
    refuseErrors("join", stageThreshold, totalThreshold)
    if (keys1.isEmpty || keys1.size != keys2.size) {
      throw new IllegalArgumentException(
        s"join by ${keys1.mkString(", ")} and ${keys2.mkString(", ")}: each key of one frame has one of the other's"
      )
    }
    if (isNothing || frame2.isNothing) emptyDynamicFrame(glueContext).next(emptyDynamicFrame(glueContext).columns, transformationContext)
    else next(Joining(columns, frame2.columns, keys1.map(FieldPath.parse), keys2.map(FieldPath.parse)), transformationContext)
  }

  /** The records for which each field at a path compares so with its value, and all others. */
  def splitRows(
      paths: Seq[String],
      values: Seq[Any],
      operators: Seq[String],
      transformationContext: String = "",
      callSite: CallSite = NotProvided,
      stageThreshold: Long = 0,
      totalThreshold: Long = 0
  ): Seq[DynamicFrame] = {
    refuseErrors("splitRows", stageThreshold, totalThreshold)
    if (paths.isEmpty || paths.size != values.size || paths.size != operators.size) {
      throw new IllegalArgumentException("splitRows: each path has one value and one operator")
    }
    if (isNothing) Seq(next(columns, transformationContext), next(columns, transformationContext))
    else {
      val holds = paths.indices
        .map(at => compared(Joining.field(columns, FieldPath.parse(paths(at)), "splitRows"), operators(at), values(at)))
        .reduce(_ && _)
      val isSo = coalesce(holds, lit(false))
      Seq(next(columns.filter(isSo), transformationContext), next(columns.filter(!isSo), transformationContext))
    }
  }

  def repartition(
      numPartitions: Int,
      transformationContext: String = "",
      callSite: CallSite = NotProvided,
      stageThreshold: Long = 0,
      totalThreshold: Long = 0
  ): DynamicFrame = {
    refuseErrors("repartition", stageThreshold, totalThreshold)
    next(columns.repartition(numPartitions), transformationContext)
  }

  def withName(name: String): DynamicFrame = new DynamicFrame(glueContext, columns, name, transformationContext)

  def withTransformationContext(ctx: String): DynamicFrame = new DynamicFrame(glueContext, columns, name, ctx)

  def relationalize(
      rootTableName: String,
      stagingPath: String,
      options: JsonOptions = JsonOptions.empty,
      transformationContext: String = "",
      callSite: CallSite = NotProvided,
      stageThreshold: Long = 0,
      totalThreshold: Long = 0
  ): Seq[DynamicFrame] =
    throw Unsupported("DynamicFrame.relationalize", "flatten structs with unnest, and arrays with explode of toDF()")

  def mergeDynamicFrames(
      stageDynamicFrame: DynamicFrame,
      primaryKeys: Seq[String],
      transformationContext: String = "",
      options: JsonOptions = JsonOptions.empty,
      callSite: CallSite = NotProvided,
      stageThreshold: Long = 0,
      totalThreshold: Long = 0
  ): DynamicFrame =
    throw Unsupported("DynamicFrame.mergeDynamicFrames", "join the frames' toDF() with left_anti, and unionByName the stage's")

  def spigot(
      path: String,
      options: JsonOptions = JsonOptions.empty,
      transformationContext: String = "",
      callSite: CallSite = NotProvided,
      stageThreshold: Long = 0,
      totalThreshold: Long = 0
  ): DynamicFrame = throw Unsupported("DynamicFrame.spigot", "write a sample of toDF() where you want it")

  def unbox(
      path: String,
      format: String,
      optionString: String = "{}",
      transformationContext: String = "",
      callSite: CallSite = NotProvided,
      stageThreshold: Long = 0,
      totalThreshold: Long = 0
  ): DynamicFrame = throw Unsupported("DynamicFrame.unbox", "parse the column of toDF() with from_json or from_csv")

  private def next(frame: DataFrame, transformationContext: String): DynamicFrame =
    new DynamicFrame(glueContext, frame, name, transformationContext)

  private def topLevel(method: String, path: String): String = FieldPath.parse(path).steps match {
    case List(FieldPath.Step(name, false)) => name
    case _ => throw new IllegalArgumentException(s"$method takes fields of the records themselves, and not $path; see applyMapping")
  }

  /** Whether it is known, without looking at a record, that there is none. */
  private[glue] def isNothing: Boolean = columns.queryExecution.optimizedPlan.maxRows.contains(0L)

  private[glue] def writeWith(writer: FileWriter, folder: String, keys: Seq[String], of: String): Unit =
    if (!isNothing) {
      keys.find(key => !columns.columns.contains(key)).foreach { key =>
        throw new IllegalArgumentException(s"$of has the partition key $key, and the frame has ${columns.columns.mkString(", ")}")
      }
      writer.append(columns, folder, keys)
    }

  /** The same records as files of a table can have them; refused when none can. */
  private[glue] def fitting(update: CatalogUpdate): DynamicFrame =
    if (isNothing) this else next(DataCatalog.ask(update.fitting(_, columns)), transformationContext)

  /** Tells the Data Catalog what was written. */
  private[glue] def tell(update: CatalogUpdate): Unit =
    if (!isNothing) DataCatalog.ask(update(_, columns))

  private[glue] def atLeast(minPartitions: Int, targetPartitions: Int): DynamicFrame =
    if (isNothing || getNumPartitions() >= minPartitions) this else repartition(targetPartitions)
}

object DynamicFrame {
  val UNDEFINED: String = ""
  private val NotProvided = CallSite("Not provided", "")

  def apply(df: DataFrame, glueContext: GlueContext): DynamicFrame = new DynamicFrame(glueContext, df, "", UNDEFINED)

  def emptyDynamicFrame(glueContext: GlueContext): DynamicFrame =
    apply(glueContext.getSparkSession.createDataFrame(java.util.List.of[Row](), StructType(Nil)), glueContext)

  private def refuseErrors(method: String, stageThreshold: Long, totalThreshold: Long): Unit =
    if (stageThreshold != 0 || totalThreshold != 0) {
      throw Unsupported(s"A threshold of errors for $method", "a record that cannot be computed fails the run")
    }

  /** The same function, whose exceptions say what the script has for them. */
  private def saying[T](errorMsg: String, f: DynamicRecord => T): DynamicRecord => T =
    if (errorMsg.isEmpty) f
    else { record =>
      try f(record)
      catch { case NonFatal(e) => throw new IllegalStateException(s"$errorMsg: $e", e) }
    }

  private def compared(field: Column, operator: String, value: Any): Column = operator match {
    case "="  => field === value
    case "!=" => field =!= value
    case "<"  => field < value
    case "<=" => field <= value
    case ">"  => field > value
    case ">=" => field >= value
    case _    => throw new IllegalArgumentException(s"splitRows knows no operator '$operator'; there are =, !=, <, <=, > and >=")
  }
}
