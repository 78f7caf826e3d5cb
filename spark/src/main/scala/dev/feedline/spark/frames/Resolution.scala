package dev.feedline.spark.frames

import org.apache.spark.sql.{Column, DataFrame}
import org.apache.spark.sql.functions._
import org.apache.spark.sql.types._

/** What becomes of a choice: `cast:TYPE`, `project:TYPE`, `make_cols`, `make_struct`.
  *
  * https://docs.aws.amazon.com/glue/latest/dg/glue-etl-scala-apis-glue-dynamicframe-class.html
  */
sealed trait Resolution

object Resolution {
  final case class CastTo(typeName: String) extends Resolution
  final case class Project(typeName: String) extends Resolution
  case object MakeCols extends Resolution
  case object MakeStruct extends Resolution

  def parse(action: String): Resolution = {
    val Array(word, of) = (action + ":").split(":", -1).take(2)
    (word.trim.toLowerCase(java.util.Locale.ROOT), of.trim) match {
      case ("cast", to) if to.nonEmpty    => CastTo(to)
      case ("project", to) if to.nonEmpty => Project(to)
      case ("make_cols", "")              => MakeCols
      case ("make_struct", "")            => MakeStruct
      case _ =>
        throw new IllegalArgumentException(
          s"resolveChoice knows no action '$action'; there are cast:TYPE, project:TYPE, make_cols and make_struct"
        )
    }
  }

  /** The cast to what a table has at a path, where it has a type that values can be cast to. */
  def ofTable(path: FieldPath, table: StructType): Option[Resolution] = {
    val found = path.steps.foldLeft[Option[DataType]](Some(table)) { (within, step) =>
      within
        .collect { case StructType(fields) => fields.find(_.name.equalsIgnoreCase(step.name)).map(_.dataType) }
        .flatten
        .flatMap {
          case ArrayType(element, _) if step.each => Some(element)
          case _ if step.each                     => None
          case one                                => Some(one)
        }
    }
    found.collect {
      case decimal: DecimalType                                      => CastTo(decimal.simpleString)
      case scalar if TypeName.Scalars.contains(TypeName.of(scalar)) => CastTo(TypeName.of(scalar))
    }
  }

  /** Each field at the path of a spec as that says, and every other choice as `otherwise` does.
    *
    * @param otherwise
    *   of a choice at a path, when something is to become of it
    */
  def apply(
      frame: DataFrame,
      specs: Map[FieldPath, Resolution],
      otherwise: FieldPath => Option[Resolution]
  ): DataFrame = Fields.rewrite(frame) { (path, field) =>
    specs
      .get(path)
      .orElse(if (field.isChoice) otherwise(path) else None)
      .map(resolved(path, field, _))
  }

  private def resolved(path: FieldPath, field: Field, how: Resolution): Seq[Field] = how match {
    case CastTo(typeName) =>
      val to = scalar(path, "cast", typeName)
      Seq(Field(field.field.copy(dataType = to), Casting.cast(field, to, s"resolveChoice ($path, cast:$typeName)")))
    case Project(typeName) => projected(path, field, typeName)
    case MakeCols          =>
      variants(field).map { one =>
        one.copy(field = StructField(s"${field.name}_${TypeName.of(one.dataType)}", one.dataType))
      }
    case MakeStruct if !field.isChoice => Seq(field)
    case MakeStruct                    =>
      val inner = variants(field).map(one => one.copy(field = StructField(TypeName.of(one.dataType), one.dataType)))
      val whole = when(field.column.isNotNull, struct(inner.map(_.named): _*))
      Seq(Field(field.field.copy(dataType = StructType(inner.map(_.field))), whole))
  }

  private def variants(field: Field): Seq[Field] = field.dataType match {
    case StructType(types) if field.isChoice => types.toSeq.map(one => Field(one, field.column.getField(one.name)))
    case _                                   => Seq(field)
  }

  /** The values of one type; those of others are null, and where all are of others nothing is left of a field that has no type. */
  private def projected(path: FieldPath, field: Field, typeName: String): Seq[Field] = {
    val scalar = TypeName.scalar(typeName, s"resolveChoice ($path, project:$typeName)")
    val wanted = scalar.fold(typeName.trim.toLowerCase(java.util.Locale.ROOT))(TypeName.of)
    variants(field).find(one => TypeName.of(one.dataType) == wanted) match {
      case Some(one) => Seq(Field(field.field.copy(dataType = one.dataType), one.column))
      case None      => scalar.map(none => Field(field.field.copy(dataType = none), lit(null).cast(none))).toSeq
    }
  }

  private def scalar(path: FieldPath, action: String, typeName: String): DataType =
    TypeName
      .scalar(typeName, s"resolveChoice ($path, $action:$typeName)")
      .getOrElse(throw new IllegalArgumentException(s"resolveChoice ($path, $action:$typeName): nothing can be cast to $typeName"))

  /** The frame as Spark's own: its choices are structs. */
  def structs(frame: DataFrame): DataFrame =
    if (frame.schema.exists(field => Choice.existsIn(field.dataType))) {
      frame.select(Fields.of(frame).map { field =>
        val column: Column =
          if (Choice.existsIn(field.dataType)) field.column.cast(Choice.asStructs(field.dataType)) else field.column
        column.as(field.name)
      }: _*)
    } else frame
}
