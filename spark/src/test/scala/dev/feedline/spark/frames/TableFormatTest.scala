package dev.feedline.spark.frames

import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import scala.jdk.CollectionConverters._
import software.amazon.awssdk.services.glue.model.Table

class TableFormatTest {

  @Test
  def aTableOfCsvSaysHowItsCellsAreToldApart(): Unit = {
    Seq(
      Map.empty[String, Any],
      Map("separator" -> "|", "quoteChar" -> "'", "escaper" -> "\\", "writeHeader" -> false),
      Map("separator" -> "\t", "quoteChar" -> "-1"),
      Map("quoteChar" -> "", "escaper" -> "\\")
    ).foreach { options =>
      val written = TableFormat.written("csv", options)
      val found = TableFormat.of(table(written))
      assertThat(writer(found)).as(options.toString).isEqualTo(writer(TableFormat("csv", Map.empty, options)))
      assertThat(Formats.reader("csv", found.reading, "it")).isEqualTo(Formats.reader("csv", written.reading, "it"))
    }
  }

  @Test
  def aTableOfQuotedCellsHasTheSerializerThatKnowsThem(): Unit = {
    val quoted = TableFormat.written("csv", Map.empty).descriptor("s3://x/").build().serdeInfo
    assertThat(quoted.serializationLibrary).endsWith("OpenCSVSerde")
    assertThat(quoted.parameters).isEqualTo(Map("separatorChar" -> ",", "quoteChar" -> "\"").asJava)
    assertThat(TableFormat.written("csv", Map("quoteChar" -> "-1")).descriptor("s3://x/").build().serdeInfo.serializationLibrary)
      .endsWith("LazySimpleSerDe")
  }

  private def writer(format: TableFormat): FileWriter = Formats.writer(format.name, format.writing, None, "it")

  private def table(format: TableFormat): Table = Table
    .builder()
    .parameters((format.parameters + ("classification" -> "csv")).asJava)
    .storageDescriptor(format.descriptor("s3://x/").build())
    .build()
}
