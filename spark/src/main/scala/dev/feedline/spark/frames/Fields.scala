package dev.feedline.spark.frames

import org.apache.spark.sql.{Column, DataFrame}
import org.apache.spark.sql.functions._
import org.apache.spark.sql.types._

/** One field, as a column and with what it holds.
  *
  * @param field
  *   its name and its type
  */
final case class Field(field: StructField, column: Column) {
  def name: String = field.name
  def dataType: DataType = field.dataType
  def named: Column = column.as(field.name)
  def isChoice: Boolean = Choice.is(field.dataType)

  /** Its own fields, when it is a struct. */
  def fields: Seq[Field] = dataType match {
    case StructType(inner) if !isChoice => inner.toSeq.map(one => Field(one, column.getField(one.name)))
    case _                              => Seq.empty
  }
}

object Fields {
  def of(frame: DataFrame): Seq[Field] =
    frame.schema.fields.toSeq.map(field => Field(field, frame.col(quoted(field.name))))

  def quoted(name: String): String = "`" + name.replace("`", "``") + "`"

  def find(fields: Seq[Field], name: String, caseSensitive: Boolean = true): Option[Field] =
    fields.find(_.name == name).orElse(if (caseSensitive) None else fields.find(_.name.equalsIgnoreCase(name)))

  /** The frame with each of its fields, at any depth, replaced by what becomes of it.
    *
    * @param becomes
    *   of a field at a path none, one or several others; `None` leaves it to the fields within it
    */
  def rewrite(frame: DataFrame)(becomes: (FieldPath, Field) => Option[Seq[Field]]): DataFrame =
    frame.select(rewrite(of(frame), Nil, becomes).map(_.named): _*)

  private def rewrite(
      fields: Seq[Field],
      above: List[FieldPath.Step],
      becomes: (FieldPath, Field) => Option[Seq[Field]]
  ): Seq[Field] = fields.flatMap { field =>
    val path = above :+ FieldPath.Step(field.name, each = false)
    becomes(FieldPath(path), field).getOrElse(Seq(within(field, path, becomes)))
  }

  private def within(
      field: Field,
      path: List[FieldPath.Step],
      becomes: (FieldPath, Field) => Option[Seq[Field]]
  ): Field = field.dataType match {
    case _: StructType if !field.isChoice && changes(field.dataType, path, becomes) =>
      val inner = rewrite(field.fields, path, becomes)
      val whole = when(field.column.isNotNull, struct(inner.map(_.named): _*))
      Field(field.field.copy(dataType = StructType(inner.map(_.field))), whole)
    case ArrayType(element, _) if changes(field.dataType, path, becomes) =>
      val each = path.init :+ path.last.copy(each = true)
      var rewritten: DataType = element
      val whole = transform(
        field.column,
        one => {
          val replaced = elementOf(Field(StructField(field.name, element), one), each, becomes)
          rewritten = replaced.dataType
          replaced.column
        }
      )
      Field(field.field.copy(dataType = ArrayType(rewritten)), whole)
    case _ => field
  }

  private def elementOf(
      element: Field,
      path: List[FieldPath.Step],
      becomes: (FieldPath, Field) => Option[Seq[Field]]
  ): Field = becomes(FieldPath(path), element) match {
    case Some(Seq(one)) => one
    case Some(many)     =>
      throw new IllegalArgumentException(s"An element of the array ${FieldPath(path)} cannot become ${many.size} fields")
    case None => within(element, path, becomes)
  }

  /** Whether anything within changes at all; what does not is handed on as it is. */
  private def changes(
      dataType: DataType,
      path: List[FieldPath.Step],
      becomes: (FieldPath, Field) => Option[Seq[Field]]
  ): Boolean = dataType match {
    case struct: StructType if !Choice.is(struct) =>
      struct.fields.exists { field =>
        val at = path :+ FieldPath.Step(field.name, each = false)
        becomes(FieldPath(at), Field(field, lit(null))).isDefined || changes(field.dataType, at, becomes)
      }
    case ArrayType(element, _) =>
      val each = path.init :+ path.last.copy(each = true)
      becomes(FieldPath(each), Field(StructField(path.last.name, element), lit(null))).isDefined ||
      changes(element, each, becomes)
    case _ => false
  }

  /** Without the fields at these paths; those that are not there need not go. */
  def drop(frame: DataFrame, paths: Seq[FieldPath]): DataFrame =
    rewrite(frame) { (path, _) =>
      if (paths.exists(_.steps.map(_.name) == path.steps.map(_.name)) && !path.steps.last.each) Some(Seq.empty) else None
    }

  def rename(frame: DataFrame, from: FieldPath, to: FieldPath): DataFrame = {
    if (from.steps.init.map(_.name) != to.steps.init.map(_.name)) {
      throw Unsupported(s"renameField of $from to $to", "a field is renamed where it is; move it with applyMapping")
    }
    rewrite(frame) { (path, field) =>
      if (path.steps.map(_.name) == from.steps.map(_.name) && !path.steps.last.each) {
        Some(Seq(field.copy(field = field.field.copy(name = to.steps.last.name))))
      } else None
    }
  }

  /** Structs as fields of their own, with names of all on the way to them. */
  def unnest(frame: DataFrame): DataFrame = {
    def flat(field: Field): Seq[Field] = field.dataType match {
      case _: StructType if !field.isChoice =>
        field.fields.flatMap(inner => flat(inner.copy(field = inner.field.copy(name = s"${field.name}.${inner.name}"))))
      case ArrayType(_: StructType, _) =>
        throw Unsupported(s"unnest of ${field.name}", "it is an array of structs, and how AWS names these fields is not said")
      case _ => Seq(field)
    }
    frame.select(of(frame).flatMap(flat).map(_.named): _*)
  }
}
