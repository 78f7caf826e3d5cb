package dev.feedline.spark.frames

import com.amazonaws.services.glue.util.JsonOptions
import java.nio.file.{FileSystems, Path => LocalPath, PathMatcher}
import java.util.regex.PatternSyntaxException
import org.apache.hadoop.fs.FileStatus

/** Files that a source leaves out: those of which a glob is the whole path, or the path below the source's.
  *
  * `*` is any text within a folder's name, `**` any text, `?` one character; `[ab]` and `{a,b}` choose.
  * https://docs.aws.amazon.com/glue/latest/dg/define-crawler.html#crawler-data-stores-exclude
  */
final class Exclusions private (globs: Seq[PathMatcher]) {

  /** @param below
    *   the source's path
    */
  def leavesOut(file: FileStatus, below: String): Boolean = globs.nonEmpty && {
    val whole = Exclusions.plain(file.getPath.toString)
    val within = whole.stripPrefix(Exclusions.plain(below).stripSuffix("/")).stripPrefix("/")
    globs.exists(glob => glob.matches(LocalPath.of(whole)) || glob.matches(LocalPath.of(within)))
  }
}

object Exclusions {

  /** Of the option `exclusions`: a list, or the text of a JSON list. */
  def of(options: Options): Exclusions = {
    val globs = options.values.get("exclusions") match {
      case Some(text: String) if !text.isBlank =>
        Options(options.of, JsonOptions(s"""{"exclusions":$text}""").toMap).texts("exclusions")
      case Some(_: String) => Seq.empty
      case _               => options.texts("exclusions")
    }
    new Exclusions(globs.map(glob))
  }

  private def glob(pattern: String): PathMatcher =
    try FileSystems.getDefault.getPathMatcher("glob:" + plain(pattern))
    catch {
      case e: PatternSyntaxException => throw new IllegalArgumentException(s"The exclusion $pattern is no glob: ${e.getDescription}", e)
    }

  /** As a path of this machine, which has no scheme. */
  private def plain(path: String): String = path.replaceFirst(":/+", ":/")
}
