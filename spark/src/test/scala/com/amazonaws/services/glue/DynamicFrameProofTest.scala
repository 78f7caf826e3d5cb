package com.amazonaws.services.glue

import com.amazonaws.services.glue.types._
import com.amazonaws.services.glue.util.JsonOptions
import java.nio.file.{Files, Path}
import dev.feedline.spark.frames.{CsvReader, Options}
import org.apache.spark.{SparkConf, SparkContext}
import org.apache.spark.api.java.JavaSparkContext
import org.apache.spark.sql.types._
import org.assertj.core.api.Assertions.{assertThat, assertThatThrownBy}
import org.junit.jupiter.api.{AfterAll, BeforeAll, Tag, Test, TestInstance}
import org.junit.jupiter.api.TestInstance.Lifecycle
import org.junit.jupiter.api.io.TempDir

/** Frames on genuine Spark, with files of this machine in the place of S3's.
  *
  * What is expected stands on the pages of AWS that the classes name.
  */
@Tag("proof")
@TestInstance(Lifecycle.PER_CLASS)
class DynamicFrameProofTest {
  private var spark: SparkContext = _
  private var glue: GlueContext = _

  @BeforeAll
  def start(): Unit = {
    val conf = new SparkConf()
      .setMaster("local[2]")
      .setAppName("frames")
      .set("spark.ui.enabled", "false")
      .set("spark.sql.session.timeZone", "UTC")
      .set("spark.sql.shuffle.partitions", "2")
      .set("spark.driver.bindAddress", "127.0.0.1")
      .set("spark.driver.host", "127.0.0.1")
    spark = new SparkContext(conf)
    glue = new GlueContext(spark)
  }

  @AfterAll
  def stop(): Unit = spark.stop()

  @TempDir
  var folder: Path = _

  private def json(lines: String*): DynamicFrame = {
    val file = Files.createTempDirectory(folder, "json").resolve("a.json")
    Files.writeString(file, lines.mkString("", "\n", "\n"))
    read("json", file)
  }

  private def csv(options: String, lines: String*): DynamicFrame = {
    val file = Files.createTempDirectory(folder, "csv").resolve("a.csv")
    Files.writeString(file, lines.mkString("", "\n", "\n"))
    read("csv", file, options)
  }

  private def read(format: String, path: Path, options: String = "{}"): DynamicFrame = glue
    .getSourceWithFormat(
      connectionType = "s3",
      options = JsonOptions(Map("paths" -> Seq(path.toUri.toString), "recurse" -> true)),
      format = format,
      formatOptions = JsonOptions(options)
    )
    .getDynamicFrame()

  private def write(frame: DynamicFrame, format: String, options: Map[String, Any] = Map.empty): Path = {
    val out = Files.createTempDirectory(folder, "out")
    glue
      .getSinkWithFormat("s3", JsonOptions(options + ("path" -> out.toUri.toString)), format = format)
      .writeDynamicFrame(frame)
    out
  }

  private def files(folder: Path): Seq[Path] = {
    val all = Files.walk(folder)
    try all.filter(file => Files.isRegularFile(file) && !file.getFileName.toString.startsWith(".")).toArray.map(_.asInstanceOf[Path]).toSeq.sorted
    finally all.close()
  }

  private def texts(folder: Path): Seq[String] = files(folder).flatMap(file => Files.readString(file).linesIterator)

  private def records(frame: DynamicFrame): Seq[String] =
    frame.columns.collect().toSeq.map(DynamicRecord(_, frame.columns.schema).toJson).sorted

  private def assertRecords(frame: DynamicFrame, expected: String*): Unit =
    assertThat(records(frame).mkString("\n")).isEqualTo(expected.sorted.mkString("\n"))

  private def assertSchema(frame: DynamicFrame, expected: String): Unit =
    assertThat(frame.schema.toString.strip).isEqualTo(expected.stripMargin.strip)

  @Test
  def aFieldOfSeveralTypesIsAChoice(): Unit = assertSchema(
    json("""{"id":1,"tag":"a","in":{"x":1}}""", """{"id":"one","tag":null,"in":{"x":1.5,"y":[1,"2"]}}""", """{"id":2147483648}"""),
    """root
      ||-- id: choice
      ||    |-- int
      ||    |-- long
      ||    |-- string
      ||-- tag: string
      ||-- in: struct
      ||    |-- x: choice
      ||    |    |-- double
      ||    |    |-- int
      ||    |-- y: array
      ||    |    |-- element: choice
      ||    |    |    |-- int
      ||    |    |    |-- string"""
  )

  @Test
  def jsonIsWrittenAsItWasRead(): Unit = {
    val lines = Seq(
      """{"id":1,"in":{"x":1,"none":[]},"list":[{"a":1},{"b":"2"}]}""",
      """{"id":"one","in":{"x":1.5,"none":[true]},"list":[]}""",
      """{"id":[2,3]}"""
    )
    assertThat(texts(write(json(lines: _*), "json")).sorted.mkString("\n")).isEqualTo(lines.sorted.mkString("\n"))
  }

  @Test
  def aRecordThatIsNoJsonIsNamedWithItsFile(): Unit =
    assertThatThrownBy(() => json("""{"id":1}""", """{"id":""").count())
      .hasStackTraceContaining("a.json has a record that is no JSON")

  @Test
  def objectsOverSeveralLinesAreReadWithMultiline(): Unit = {
    val file = Files.createTempDirectory(folder, "json").resolve("a.json")
    Files.writeString(file, "[\n{\"id\":\n1},\n{\"id\":2}]")
    assertRecords(read("json", file, """{"multiline":true}"""), """{"id":1}""", """{"id":2}""")
    assertRecords(read("json", file, """{"multiLine":"true"}"""), """{"id":1}""", """{"id":2}""")
    assertThatThrownBy(() => read("json", file)).hasStackTraceContaining("no JSON")
    assertThatThrownBy(() => read("json", file, """{"multiLine":true,"multiline":false}""")).hasMessageContaining("one and the same")
  }

  @Test
  def applyMappingNestsUnnestsAndCasts(): Unit = {
    val frame = json("""{"name":"a","age":"7","address":{"state":"NE","zip":68}}""", """{"name":"b","age":"old"}""")
    val flat = frame.applyMapping(
      Seq(
        ("name", "string", "name", "string"),
        ("age", "string", "age", "int"),
        ("address.state", "string", "state", "string"),
        ("address.zip", "int", "zip", "long"),
        ("missing", "string", "missing", "string")
      )
    )
    assertThat(flat.toDF().schema).isEqualTo(
      new StructType().add("name", StringType).add("age", IntegerType).add("state", StringType).add("zip", LongType)
    )
    assertRecords(flat, """{"name":"a","age":7,"state":"NE","zip":68}""", """{"name":"b"}""")
    val nested = flat.applyMapping(
      Seq(MappingSpec("state", "string", "address.state", "string"), MappingSpec("zip", "long", "address.`zip.code`", "int"))
    )
    assertRecords(nested, """{"address":{"state":"NE","zip.code":68}}""", "{}")
  }

  @Test
  def applyMappingFindsFieldsWhateverTheirCaseWhenAsked(): Unit = {
    val mapping = Seq(("ID", "int", "id", "string"))
    assertRecords(json("""{"Id":1}""").applyMapping(mapping, caseSensitive = false), """{"id":"1"}""")
    assertThat(json("""{"Id":1}""").applyMapping(mapping).toDF().columns).isEmpty()
  }

  @Test
  def applyMappingOfAChoiceAsksForItsResolution(): Unit = {
    val frame = json("""{"id":1}""", """{"id":1.5}""")
    val mapping = Seq(("id", "double", "id", "double"))
    assertThatThrownBy(() => frame.applyMapping(mapping))
      .hasMessageContaining("id is a choice of double, int")
      .hasMessageContaining("cast:double")
    assertRecords(frame.resolveChoice(Seq(("id", "cast:double"))).applyMapping(mapping), """{"id":1.0}""", """{"id":1.5}""")
  }

  @Test
  def choicesAreResolved(): Unit = {
    val frame = json("""{"u":{"id":1}}""", """{"u":{"id":"7"}}""", """{"u":{"id":"x"}}""")
    assertRecords(frame.resolveChoice(specs = Seq(("u.id", "cast:int"))), """{"u":{"id":1}}""", """{"u":{"id":7}}""", """{"u":{}}""")
    assertRecords(frame.resolveChoice(specs = Seq(("u.id", "project:string"))), """{"u":{"id":"7"}}""", """{"u":{"id":"x"}}""", """{"u":{}}""")
    assertRecords(
      frame.resolveChoice(choiceOption = Some(ChoiceOption("make_cols"))),
      """{"u":{"id_int":1}}""",
      """{"u":{"id_string":"7"}}""",
      """{"u":{"id_string":"x"}}"""
    )
    val struct = frame.resolveChoice(choiceOption = Some(ChoiceOption("MAKE_STRUCT")))
    assertThat(struct.toDF().schema).isEqualTo(frame.toDF().schema)
    assertThat(texts(write(struct, "json")).sorted.head).isEqualTo("""{"u":{"id":{"int":1}}}""")
    assertThatThrownBy(() => frame.resolveChoice(Seq(("u.id", "guess")))).hasMessageContaining("knows no action 'guess'")
  }

  @Test
  def choicesInArraysAreResolvedWhereTheyAre(): Unit = assertRecords(
    json("""{"list":[{"n":1},{"n":"2"}]}""").resolveChoice(Seq(("list[].n", "cast:long"))),
    """{"list":[{"n":1},{"n":2}]}"""
  )

  @Test
  def toDfMakesChoicesStructs(): Unit = {
    val struct = json("""{"id":1}""", """{"id":"one"}""").toDF()
    assertThat(struct.schema).isEqualTo(
      new StructType().add("id", new StructType().add("int", IntegerType).add("string", StringType))
    )
    assertThat(struct.selectExpr("id.int", "id.string").collect().map(_.toString).sorted.mkString).isEqualTo("[1,null][null,one]")
  }

  @Test
  def fieldsAreDroppedSelectedAndRenamedAtAnyDepth(): Unit = {
    val frame = json("""{"a.b":1,"in":{"x":1,"y":2},"list":[{"x":1,"y":2}],"void":null}""")
    assertRecords(
      frame.dropFields(Seq("`a.b`", "in.x", "list.y", "nothing")),
      """{"in":{"y":2},"list":[{"x":1}]}"""
    )
    assertThat(frame.dropNulls().toDF().columns.mkString(",")).isEqualTo("a.b,in,list")
    assertRecords(frame.selectFields(Seq("in", "`a.b`", "nothing")), """{"in":{"x":1,"y":2},"a.b":1}""")
    assertThatThrownBy(() => frame.selectFields(Seq("in.x"))).hasMessageContaining("in.x")
    assertRecords(frame.renameField("in.x", "in.z").renameField("`a.b`", "ab").selectFields(Seq("in", "ab")), """{"in":{"z":1,"y":2},"ab":1}""")
    val split = frame.splitFields(Seq("`a.b`"))
    assertThat(split.map(_.toDF().columns.mkString(",")).mkString(" and ")).isEqualTo("a.b and in,list,void")
    assertThat(frame.dropFields(Seq("list")).unnest().toDF().columns.mkString(" ")).isEqualTo("a.b in.x in.y void")
  }

  @Test
  def dropNullsLeavesArraysOfNothing(): Unit = assertRecords(
    json("""{"id":1,"void":null,"in":{"x":1,"void":null},"none":[],"nulls":[null],"list":[{"y":2,"void":null}]}""").dropNulls(),
    """{"id":1,"in":{"x":1},"none":[],"nulls":[null],"list":[{"y":2}]}"""
  )

  @Test
  def whatAScriptsFunctionThrowsIsSaidWithItsMessage(): Unit = {
    val frame = json("""{"id":1}""")
    assertThatThrownBy(() => frame.map(f = _ => sys.error("too large"), errorMsg = "The price"))
      .hasStackTraceContaining("The price: java.lang.RuntimeException: too large")
    assertThatThrownBy(() => frame.filter(f = _ => sys.error("too large"), errorMsg = "The price").count())
      .hasStackTraceContaining("The price: java.lang.RuntimeException: too large")
  }

  @Test
  def aContextIsMadeOfJavasToo(): Unit =
    assertThat(new GlueContext(new JavaSparkContext(spark)).sc).isSameAs(spark)

  @Test
  def framesHaveTheirLeastPartitions(): Unit = {
    val divided = DynamicFrame(json("""{"id":1}""").toDF(), new GlueContext(spark, 3, 4))
    assertThat(divided.glueContext.divided(divided).getNumPartitions()).isEqualTo(4)
    assertThat(divided.atLeast(1, 4).getNumPartitions()).isEqualTo(divided.getNumPartitions())
  }

  @Test
  def recordsAreFilteredAndMapped(): Unit = {
    val frame = json("""{"id":1,"in":{"x":"a"}}""", """{"id":2}""")
    assertRecords(frame.filter(f = record => record.getField("id").contains(2)), """{"id":2}""")
    assertRecords(
      frame.map(f = record => {
        record.addField("in.twice", IntegerNode(record.getField("id").get.asInstanceOf[Int] * 2))
        record.dropField("in.x")
        record.addField("how", if (record.getField("id").contains(1)) StringNode("one") else LongNode(2))
        record
      }),
      """{"id":1,"in":{"twice":2},"how":"one"}""",
      """{"id":2,"in":{"twice":4},"how":2}"""
    )
  }

  @Test
  def mapKeepsTheTypesThatHold(): Unit = {
    val frame = json("""{"id":1,"price":"1.5","none":null}""")
      .applyMapping(Seq(("id", "int", "id", "int"), ("price", "string", "price", "decimal(8,2)"), ("none", "null", "none", "date")))
    assertThat(frame.map(f = record => record).toDF().schema).isEqualTo(frame.toDF().schema)
    assertThat(frame.map(f = record => { record.dropField("none"); record }).toDF().columns.mkString(" ")).isEqualTo("id price")
  }

  @Test
  def framesAreJoinedAndSplit(): Unit = {
    val orders = json("""{"id":1,"who":"a"}""", """{"id":2,"who":"b"}""", """{"id":3}""")
    val people = json("""{"id":9,"name":"a"}""")
    assertRecords(orders.join(Seq("who"), Seq("name"), people), """{"id":1,"who":"a",".id":9,"name":"a"}""")
    assertRecords(orders.join(Seq("id"), Seq("id"), orders).selectFields(Seq("id", "`.who`")), """{"id":1,".who":"a"}""", """{"id":2,".who":"b"}""", """{"id":3}""")
    val rows = orders.splitRows(Seq("who", "id"), Seq("a", 1), Seq("=", "<="))
    assertThat(rows.map(_.count()).mkString(" and ")).isEqualTo("1 and 2")
  }

  @Test
  def cellsAreTexts(): Unit = {
    assertRecords(csv("{}", "1,\"a, b\"", "2,"), """{"col0":"1","col1":"a, b"}""", """{"col0":"2","col1":""}""")
    assertRecords(csv("""{"withHeader":true,"separator":"|","quoteChar":"-1"}""", "id|q", "1|\"x"), """{"id":"1","q":"\"x"}""")
    assertRecords(csv("""{"withHeader":true}""", "id,q", "1,\"say \"\"x\"\"\""), """{"id":"1","q":"say \"x\""}""")
    assertThatThrownBy(() => csv("""{"withHeader":true}""", "id,q", "1,2,3").count()).hasStackTraceContaining("1,2,3")
    assertThatThrownBy(() => csv("""{"skipFirst":true}""", "1")).hasMessageContaining("skipFirst")
  }

  @Test
  def cellsOfATableAreOfItsTypesWhereTheyAreExact(): Unit = {
    val table = new StructType()
      .add("long", LongType)
      .add("price", DecimalType(8, 2))
      .add("ratio", DoubleType)
      .add("paid", BooleanType)
      .add("day", DateType)
      .add("at", TimestampType)
    val exact = "7,9.500,0.1,TRUE,2026-11-27,2026-11-27T10:00:00.25Z"
    val other = "7.5,9.505,12345678901234567,yes,2026-11-27 and more,2026-11"
    assertRecords(
      typed(table, exact, ",,,,,"),
      """{"long":7,"price":9.50,"ratio":0.1,"paid":true,"day":"2026-11-27","at":"2026-11-27T10:00:00.250Z"}""",
      "{}"
    )
    val choices = typed(table, exact, other)
    assertThat(choices.schema.toString.split("choice", -1).length - 1).isEqualTo(6)
    assertThat(choices.toDF().selectExpr("long.string", "price.string", "ratio.string", "paid.string", "day.string", "at.string").collect().mkString)
      .contains(other)
  }

  private def typed(table: StructType, lines: String*): DynamicFrame = {
    val file = Files.createTempDirectory(folder, "csv").resolve("a.csv")
    Files.writeString(file, lines.mkString("", "\n", "\n"))
    val reader = CsvReader.of(Options("a table", Map.empty))
    DynamicFrame(reader.read(glue.getSparkSession, Seq(file.toUri.toString), table, origin = false), glue)
  }

  @Test
  def csvIsWrittenWithItsHeader(): Unit = {
    val frame = json("""{"id":1,"q":"a, b","c":1}""", """{"id":2,"c":"x"}""")
    assertThat(texts(write(frame.repartition(1), "csv")).sorted.mkString("\n"))
      .isEqualTo("1,\"a, b\",1\n2,,x\nid,q,c")
    val packed = write(frame.dropFields(Seq("q", "c")), "csv", Map("compression" -> "gzip"))
    assertThat(files(packed).forall(_.toString.endsWith(".csv.gz"))).isTrue
    assertRecords(read("csv", packed, """{"withHeader":true}"""), """{"id":"1"}""", """{"id":"2"}""")
  }

  @Test
  def parquetGoesThereAndBackWithChoicesAsStructs(): Unit = {
    val frame = json("""{"id":1,"day":"2026-11-27","list":[1,2],"in":{"x":1}}""", """{"id":"one"}""")
      .applyMapping(
        Seq(("id", "choice", "id", "choice"), ("day", "string", "day", "date"), ("list", "array", "list", "array"), ("in", "struct", "in", "struct"))
      )
    val out = write(frame, "glueparquet", Map("partitionKeys" -> Seq("day")))
    assertThat(files(out).map(file => out.relativize(file).getName(0).toString).distinct.sorted.mkString(" "))
      .isEqualTo("day=2026-11-27 day=__HIVE_DEFAULT_PARTITION__")
    assertRecords(read("parquet", out), """{"id":{"int":1},"list":[1,2],"in":{"x":1}}""", """{"id":{"string":"one"}}""")
  }

  @Test
  def framesOfSparkGoThereAndBack(): Unit = {
    val session = glue.getSparkSession
    import session.implicits._
    val frame = DynamicFrame(Seq((1, "a"), (2, "b")).toDF("id", "name"), glue)
    assertRecords(frame, """{"id":1,"name":"a"}""", """{"id":2,"name":"b"}""")
    assertThat(frame.count()).isEqualTo(2)
    assertThat(frame.toDF().where("id = 2").select("name").as[String].head()).isEqualTo("b")
  }

  @Test
  def aFrameOfNothingGoesThroughEverythingAndWritesNothing(): Unit = {
    val nothing = read("json", folder.resolve("nothing"))
    val end = nothing
      .resolveChoice(Seq(("id", "cast:int")))
      .applyMapping(Seq(("id", "int", "id", "long")))
      .filter(f = _ => true)
      .map(f = record => record)
      .join(Seq("id"), Seq("id"), nothing)
      .dropFields(Seq("id"))
      .selectFields(Seq("id"))
      .renameField("id", "key")
    assertThat(end.count()).isZero
    Seq("json", "csv", "parquet").foreach(format => assertThat(files(write(end, format)).isEmpty).isTrue)
  }

  @Test
  def whatIsNotThereIsRefusedByItsName(): Unit = {
    val frame = json("""{"id":1}""")
    def refused(name: String)(call: => Any): Unit =
      assertThatThrownBy(() => call).isInstanceOf(classOf[UnsupportedOperationException]).hasMessageContaining(name)
    refused("DynamicFrame.relationalize")(frame.relationalize("root", "s3://tmp/"))
    refused("DynamicFrame.unbox")(frame.unbox("id", "json"))
    refused("DynamicFrame.spigot")(frame.spigot("s3://tmp/"))
    refused("DynamicFrame.mergeDynamicFrames")(frame.mergeDynamicFrames(frame, Seq("id")))
    refused("threshold of errors for map")(frame.map(f = record => record, stageThreshold = 1))
    refused("connection type mysql of a source")(glue.getSource("mysql", JsonOptions.empty))
    refused("connection type dynamodb of a sink")(glue.getSink("dynamodb", JsonOptions.empty))
    refused("GlueContext.getJDBCSink")(glue.getJDBCSink("db", JsonOptions.empty))
    refused("format orc")(glue.getSourceWithFormat("s3", JsonOptions.empty, format = "orc"))
    refused("option boundedFiles")(glue.getSource("s3", JsonOptions("""{"paths":["s3://x"],"boundedFiles":"1"}""")))
    refused("pushDownPredicate")(glue.getSource("s3", JsonOptions.empty, pushDownPredicate = "day = 1"))
    refused("pyWriteDynamicFrame")(glue.getSink("s3", JsonOptions.empty).pyWriteDynamicFrame(frame))
  }
}
