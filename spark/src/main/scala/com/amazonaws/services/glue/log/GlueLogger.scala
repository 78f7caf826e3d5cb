package com.amazonaws.services.glue.log

/** Lines in the run's log. */
class GlueLogger extends Serializable {
  def info(message: String): Unit = line("INFO", message)
  def warn(message: String): Unit = line("WARN", message)
  def error(message: String): Unit = line("ERROR", message)
  def debug(message: String): Unit = line("DEBUG", message)

  private def line(level: String, message: String): Unit =
    Console.err.println(s"${java.time.Instant.now()} $level $message")
}
