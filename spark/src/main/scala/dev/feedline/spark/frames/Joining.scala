package dev.feedline.spark.frames

import org.apache.spark.sql.{Column, DataFrame}

/** Two frames joined by fields that are equal. */
object Joining {
  def apply(left: DataFrame, right: DataFrame, leftKeys: Seq[FieldPath], rightKeys: Seq[FieldPath]): DataFrame = {
    val taken = left.columns.toSet
    val names = right.columns.toSeq.map(name => name -> (if (taken(name)) "." + name else name))
    // Names of their own first: a frame may be joined with itself.
    val renamed = right.select(names.map { case (name, to) => right.col(Fields.quoted(name)).as(to) }: _*)
    val byName = names.toMap
    val keys = rightKeys.map(key => FieldPath(key.steps.head.copy(name = byName.getOrElse(key.steps.head.name, key.steps.head.name)) :: key.steps.tail))
    val equal = leftKeys.zip(keys).map { case (one, other) => field(left, one, "join") === field(renamed, other, "join") }
    left.join(renamed, equal.reduce(_ && _))
  }

  /** @param method
    *   what asks for it, for the error
    */
  def field(frame: DataFrame, path: FieldPath, method: String): Column = at(Fields.of(frame), path.steps, path, method).column

  private def at(fields: Seq[Field], steps: List[FieldPath.Step], path: FieldPath, method: String): Field = {
    val found = Fields
      .find(fields, steps.head.name)
      .getOrElse(throw new IllegalArgumentException(s"$method: there is no field $path; there are ${fields.map(_.name).mkString(", ")}"))
    if (found.isChoice) {
      throw new IllegalArgumentException(s"$method: $path is a choice, which compares with nothing; resolve it first with resolveChoice")
    }
    if (steps.tail.isEmpty) found else at(found.fields, steps.tail, path, method)
  }
}
