package com.amazonaws.services.glue

/** What becomes of one choice.
  *
  * @param path
  *   to it
  * @param action
  *   `cast:TYPE`, `project:TYPE`, `make_cols` or `make_struct`
  */
final case class ResolveSpec(path: String, action: String) extends Product2[String, String] {
  override def _1: String = path
  override def _2: String = action
}

object ResolveSpec {
  def apply(product: Product2[String, String]): ResolveSpec = ResolveSpec(product._1, product._2)
}
