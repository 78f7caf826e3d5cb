package dev.feedline.spark.frames

import dev.feedline.spark.{BookmarkBook, FileMark}
import java.io.FileNotFoundException
import org.apache.hadoop.conf.Configuration
import org.apache.hadoop.fs.{EtagSource, FileStatus, Path}
import scala.collection.mutable.ArrayBuffer

/** The files of a source, in the order of their names.
  *
  * Files without a byte, and those whose name begins with `_` or `.`, are none.
  */
object SourceFiles {

  /** @param paths
    *   folders, and files
    * @param recurse
    *   whether the folders within folders are read, too
    * @param exclusions
    *   files that are not read
    */
  def list(paths: Seq[String], recurse: Boolean, exclusions: Exclusions, hadoop: Configuration): Seq[FileStatus] =
    paths.distinct
      .flatMap(path => list(path, recurse, hadoop).filterNot(exclusions.leavesOut(_, path)))
      .distinctBy(_.getPath.toString)
      .sortBy(_.getPath.toString)

  private def list(path: String, recurse: Boolean, hadoop: Configuration): Seq[FileStatus] = {
    val folder = new Path(path)
    try {
      val found = ArrayBuffer.empty[FileStatus]
      val files = folder.getFileSystem(hadoop).listFiles(folder, recurse)
      while (files.hasNext) {
        val file = files.next()
        if (file.getLen > 0 && isShown(file.getPath, folder)) {
          found += file
        }
      }
      found.toSeq
    } catch {
      case _: FileNotFoundException if path.exists("*?{[".contains(_)) =>
        throw Unsupported(s"A pattern such as $path as a source's path", "name the folders, and set recurse where they have folders")
      case _: FileNotFoundException =>
        Console.err.println(s"There is nothing at $path") // a folder of S3 is there only when something is in it
        Seq.empty
    }
  }

  private def isShown(file: Path, folder: Path): Boolean = {
    val within = file.toString.stripPrefix(folder.toString).split('/')
    !within.exists(name => name.startsWith("_") && !name.contains('=') || name.startsWith("."))
  }

  /** Those that a bookmark leaves to this run.
    *
    * https://docs.aws.amazon.com/glue/latest/dg/monitor-continuations.html
    *
    * @param context
    *   of the source, empty for one without bookmarks
    * @param band
    *   as the source's options `maxBand` and `maxFilesInBand` say it
    */
  def notDone(files: Seq[FileStatus], context: String, band: Band, bookmarks: BookmarkBook): Seq[FileStatus] =
    if (context.isEmpty || !bookmarks.isOn) {
      files
    } else {
      val (done, open) =
        files.partition(file => !bookmarks.isNew(context, file.getPath.toString, mark(file)))
      val late = open.filter(file => bookmarks.isLate(file.getModificationTime, band.millis)).sortBy(_.getModificationTime)
      val left = late.drop(band.files).map(_.getPath).toSet
      if (left.nonEmpty) {
        Console.err.println(
          s"$context: ${left.size} files are left to the next run: they were modified in the last ${band.millis} ms (maxBand), " +
            s"and of those a run takes at most ${band.files} (maxFilesInBand)"
        )
      }
      val taken = open.filterNot(file => left(file.getPath))
      val marks = new java.util.HashMap[String, FileMark]
      (done ++ taken).foreach(file => marks.put(file.getPath.toString, mark(file)))
      bookmarks.saw(context, marks, band.millis)
      taken
    }

  private def mark(file: FileStatus): FileMark = file match {
    case tagged: EtagSource => new FileMark(file.getModificationTime, Option(tagged.getEtag).getOrElse(""))
    case _                  => new FileMark(file.getModificationTime, "")
  }

  /** Refuses files that are compressed otherwise than the option `compressionType` says: how they are is told from their names. */
  def checkCompression(files: Seq[FileStatus], options: Options): Unit = {
    val ending = options.text("compressionType").map(_.toLowerCase(java.util.Locale.ROOT)) match {
      case None | Some("") | Some("none") => None
      case Some("gzip")                   => Some(".gz")
      case Some("bzip") | Some("bzip2")   => Some(".bz2")
      case Some(other) => throw Unsupported(s"The compressionType $other of ${options.of}", "there are gzip and bzip2")
    }
    for (end <- ending; file <- files.find(!_.getPath.getName.endsWith(end))) {
      throw Unsupported(
        s"The compressionType of ${options.of} for ${file.getPath}",
        s"such files are known by their names, which end with $end"
      )
    }
  }

  /** Files modified this shortly before a listing are known by name: others of that time may be listed only later.
    *
    * @param files
    *   the most of them
    */
  final case class Band(millis: Long, files: Int)

  object Band {
    private val Millis = 900_000L
    private val Files = 1000L

    /** Of the options `maxBand`, in milliseconds, and `maxFilesInBand`.
      *
      * https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-connect-s3-home.html
      */
    def of(options: Options): Band =
      Band(options.count("maxBand", Millis), options.count("maxFilesInBand", Files).min(Int.MaxValue.toLong).toInt)
  }
}
