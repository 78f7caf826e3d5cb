package dev.feedline.spark.frames

/** What AWS's library does and Feedline's does not, refused by its name. */
object Unsupported {

  /** @param reason
    *   with what to do instead, where there is something
    */
  def apply(what: String, reason: String): UnsupportedOperationException =
    new UnsupportedOperationException(s"$what is not supported by Feedline: $reason")
}
