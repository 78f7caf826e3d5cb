package com.amazonaws.services.glue.util

/** A job's arguments. */
object GlueArgParser {

  /** The values of the arguments named in `options`, all of which must be there.
    *
    * Arguments come as `--NAME value` or `--NAME=value`; those that are not named are left alone.
    */
  def getResolvedOptions(args: Array[String], options: Array[String]): Map[String, String] = {
    val named = scala.collection.mutable.Map.empty[String, String]
    var at = 0
    while (at < args.length) {
      val word = args(at)
      if (word.startsWith("--")) {
        val equals = word.indexOf('=')
        if (equals > 0) {
          named(word.substring(2, equals)) = word.substring(equals + 1)
        } else if (at + 1 < args.length) {
          at += 1
          named(word.substring(2)) = args(at)
        }
      }
      at += 1
    }
    options
      .map(name =>
        name -> named.getOrElse(
          name,
          throw new IllegalArgumentException(
            s"The argument --$name is required by the job and was not given; there are ${named.keys.toSeq.sorted
                .map("--" + _)
                .mkString(", ")}"
          )
        )
      )
      .toMap
  }
}
