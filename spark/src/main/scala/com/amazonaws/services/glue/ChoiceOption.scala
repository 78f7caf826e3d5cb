package com.amazonaws.services.glue

import dev.feedline.spark.frames.Resolution

/** What becomes of every choice that no spec names.
  *
  * https://docs.aws.amazon.com/glue/latest/dg/glue-etl-scala-apis-glue-choiceoption.html
  */
sealed trait ChoiceOption extends Serializable {
  def name: String
}

object ChoiceOption {
  val CAST: String = "CAST"
  val MAKE_COLS: String = "MAKE_COLS"
  val MAKE_STRUCT: String = "MAKE_STRUCT"
  val MATCH_CATALOG: String = "MATCH_CATALOG"
  val PROJECT: String = "PROJECT"

  /** @param choice
    *   `make_cols`, `make_struct`, `match_catalog`, `cast:TYPE` or `project:TYPE`, whatever its case
    */
  def apply(choice: String): ChoiceOption =
    if (choice.equalsIgnoreCase(MATCH_CATALOG)) MatchCatalogSchemaChoiceOption()
    else ResolvedChoiceOption(choice, Resolution.parse(choice))
}

final case class MatchCatalogSchemaChoiceOption() extends ChoiceOption {
  override def name: String = ChoiceOption.MATCH_CATALOG
}

private[glue] final case class ResolvedChoiceOption(name: String, resolution: Resolution) extends ChoiceOption
