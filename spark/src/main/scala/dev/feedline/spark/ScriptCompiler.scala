package dev.feedline.spark

import java.nio.file.Path
import scala.reflect.internal.util.BatchSourceFile
import scala.reflect.io.{AbstractFile, PlainFile}
import scala.tools.nsc.reporters.StoreReporter
import scala.tools.nsc.{Global, Settings}

/** Compiles the Scala script of a job. */
private[spark] object ScriptCompiler {

  /** @param classPath
    *   what the script may import, as the JVM writes class paths
    * @param into
    *   the folder for its classes
    * @throws ScriptException
    *   with what the compiler has to say, each with its line
    */
  def compile(script: Path, classPath: String, into: Path): Unit = {
    val settings = new Settings(problem => throw new ScriptException(problem))
    settings.classpath.value = classPath
    settings.outputDirs.setSingleOutput(AbstractFile.getDirectory(into.toFile))
    val reporter = new StoreReporter(settings)
    val compiler = new Global(settings, reporter)
    val run = new compiler.Run
    run.compileSources(List(new BatchSourceFile(new PlainFile(script.toFile))))
    compiler.close()
    val errors = reporter.infos.toSeq.filter(_.severity == reporter.ERROR)
    if (errors.nonEmpty) {
      throw new ScriptException(
        errors
          .map { error =>
            val line = if (error.pos.isDefined) s":${error.pos.line}" else ""
            s"${script.getFileName}$line: ${error.msg}"
          }
          .mkString("\n")
      )
    }
  }
}

/** A job's script that is no Scala. */
final class ScriptException(message: String) extends RuntimeException(message)
