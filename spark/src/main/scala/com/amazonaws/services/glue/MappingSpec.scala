package com.amazonaws.services.glue

/** One line of `applyMapping`: a field and its type, and the field and the type that it becomes.
  *
  * https://docs.aws.amazon.com/glue/latest/dg/glue-etl-scala-apis.html#glue-etl-scala-apis-glue-mappingspec
  */
final case class MappingSpec(sourcePath: String, sourceType: String, targetPath: String, targetType: String)
    extends Product4[String, String, String, String] {
  override def _1: String = sourcePath
  override def _2: String = sourceType
  override def _3: String = targetPath
  override def _4: String = targetType
}

object MappingSpec {
  val orderingByTarget: Ordering[MappingSpec] = Ordering.by(_.targetPath)

  def apply(product: Product4[String, String, String, String]): MappingSpec =
    MappingSpec(product._1, product._2, product._3, product._4)
}
