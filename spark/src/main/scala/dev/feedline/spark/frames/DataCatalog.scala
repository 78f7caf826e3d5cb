package dev.feedline.spark.frames

import dev.feedline.spark.S3Access
import scala.util.Using
import software.amazon.awssdk.services.glue.GlueClient

/** The Data Catalog of the run. */
object DataCatalog {
  def ask[T](question: GlueClient => T): T = Using.resource(S3Access.of(System.getenv()).glue())(question)
}
