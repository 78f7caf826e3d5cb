package dev.feedline.spark

import dev.feedline.spark.frames.{Exclusions, Options, SourceFiles}
import java.nio.file.{Files, Path => LocalPath}
import org.apache.hadoop.conf.Configuration
import org.apache.hadoop.fs.{EtagSource, FileStatus, Path}
import org.assertj.core.api.Assertions.{assertThat, assertThatThrownBy}
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

class SourceFilesTest {
  private val Now = 10_000_000L
  private val LongAgo = 1_000_000L // more than 900 s before

  @TempDir
  var folder: LocalPath = _

  @Test
  def aRunTakesSoManyOfTheLastFilesAndTheNextTheRest(): Unit = {
    val files = Seq(file("d", Now), file("a", LongAgo), file("c", Now - 1), file("b", Now - 2))
    val band = SourceFiles.Band.of(Options("a source", Map("maxFilesInBand" -> 2)))
    val first = book(java.util.Map.of())
    assertThat(names(SourceFiles.notDone(files, "orders", band, first))).isEqualTo("a c b")
    val second = book(committed(first))
    assertThat(names(SourceFiles.notDone(files, "orders", band, second))).isEqualTo("d")
  }

  @Test
  def withoutAContextThereIsNoBookmark(): Unit = {
    val files = Seq(file("a", Now))
    val band = SourceFiles.Band.of(Options("a source", Map.empty))
    val first = book(java.util.Map.of())
    assertThat(names(SourceFiles.notDone(files, "", band, first))).isEqualTo("a")
    assertThat(committed(first)).isEmpty()
  }

  @Test
  def aBandOfItsOwnIsHowLongNamesAreKept(): Unit = {
    val files = Seq(file("a", Now - 1000))
    val band = SourceFiles.Band.of(Options("a source", Map("maxBand" -> 10))) // milliseconds
    val first = book(java.util.Map.of())
    SourceFiles.notDone(files, "orders", band, first)
    assertThat(committed(first).get("orders").get("later")).isEqualTo(java.util.Map.of())
    assertThat(names(SourceFiles.notDone(files, "orders", band, book(committed(first))))).isEmpty()
  }

  @Test
  def withoutABandOfItsOwnNamesAreKeptForAQuarterOfAnHour(): Unit = {
    val first = book(java.util.Map.of())
    val band = SourceFiles.Band.of(Options("a source", Map.empty))
    SourceFiles.notDone(Seq(file("a", Now - 899_999), file("b", Now - 900_000)), "orders", band, first)
    assertThat(committed(first).get("orders").get("later")).isEqualTo(java.util.Map.of("s3://orders/a", Now - 899_999))
  }

  @Test
  def aFileWrittenAgainInTheSameSecondIsNewByItsETag(): Unit = {
    val band = SourceFiles.Band.of(Options("a source", Map.empty))
    val first = book(java.util.Map.of())
    SourceFiles.notDone(Seq(tagged("a", "one"), tagged("b", "one")), "orders", band, first)
    val again = Seq(tagged("a", "one"), tagged("b", "two"))
    assertThat(names(SourceFiles.notDone(again, "orders", band, book(committed(first))))).isEqualTo("b")
  }

  @Test
  def hiddenAndEmptyFilesAreNone(): Unit = {
    Files.createDirectories(folder.resolve("_temporary"))
    Files.createDirectories(folder.resolve("in"))
    Seq("b.json", "a.json", "_SUCCESS", ".a.json.crc", "_temporary/c.json", "in/d.json")
      .foreach(name => Files.writeString(folder.resolve(name), "{}"))
    Files.createFile(folder.resolve("empty.json"))
    assertThat(listed(recurse = false)).isEqualTo("a.json b.json")
    assertThat(listed(recurse = true)).isEqualTo("a.json b.json d.json")
    assertThatThrownBy(() => list(folder.toUri.toString + "*.json", recurse = false))
      .hasMessageContaining("A pattern such as")
  }

  @Test
  def exclusionsAreGlobsOfTheWholePathOrBelowTheSource(): Unit = {
    Files.createDirectories(folder.resolve("in"))
    Seq("a.json", "b.pdf", "in/c.json", "in/d.pdf").foreach(name => Files.writeString(folder.resolve(name), "{}"))
    assertThat(listed(recurse = true, """["**.pdf"]""")).isEqualTo("a.json c.json")
    assertThat(listed(recurse = true, """["*.pdf","in/{c,x}.*"]""")).isEqualTo("a.json d.pdf")
    assertThat(listed(recurse = true, s"""["${folder.toUri}in/**"]""")).isEqualTo("a.json b.pdf")
    assertThatThrownBy(() => listed(recurse = true, """["[a"]""")).hasMessageContaining("[a is no glob")
  }

  private def listed(recurse: Boolean, exclusions: String = ""): String =
    names(list(folder.toUri.toString, recurse, exclusions))

  private def list(path: String, recurse: Boolean, exclusions: String = ""): Seq[FileStatus] = {
    val left = Exclusions.of(Options("a source", Map("exclusions" -> exclusions)))
    SourceFiles.list(Seq(path), recurse, left, new Configuration())
  }

  private def file(name: String, modified: Long): FileStatus =
    new FileStatus(1, false, 1, 1, modified, new Path("s3://orders/" + name))

  private def tagged(name: String, etag: String): FileStatus =
    new FileStatus(1, false, 1, 1, Now, new Path("s3://orders/" + name)) with EtagSource {
      override def getEtag: String = etag
    }

  private def names(files: Seq[FileStatus]): String = files.map(_.getPath.getName).mkString(" ")

  private def committed(book: BookmarkBook): java.util.Map[String, java.util.Map[String, Object]] = {
    var kept: java.util.Map[String, java.util.Map[String, Object]] = null
    book.commit(states => kept = states)
    kept
  }

  private def book(before: java.util.Map[_, _]): BookmarkBook =
    BookmarkBook.of(BookmarkBook.Option.ENABLE, Now, before, null)
}
