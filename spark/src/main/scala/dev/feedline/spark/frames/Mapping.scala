package dev.feedline.spark.frames

import org.apache.spark.sql.{Column, DataFrame}
import org.apache.spark.sql.functions._
import org.apache.spark.sql.types._
import scala.collection.mutable

/** One line of `applyMapping`. */
final case class Mapping(source: FieldPath, sourceType: String, target: FieldPath, targetType: String) {
  override def toString: String = s"($source, $sourceType, $target, $targetType)"
}

/** `applyMapping`: the fields named, as other types, at other places.
  *
  * https://docs.aws.amazon.com/glue/latest/dg/glue-etl-scala-apis-glue-dynamicframe-class.html
  */
object Mapping {

  /** What a target is made of: a column, or the fields within it. */
  private sealed trait Target
  private final case class Leaf(column: Column, by: Mapping) extends Target
  private final case class Branch(fields: mutable.LinkedHashMap[String, Target]) extends Target

  /** @param absent
    *   told of each source that the frame does not have: no field comes of it
    */
  def apply(frame: DataFrame, mappings: Seq[Mapping], caseSensitive: Boolean, absent: Mapping => Unit): DataFrame = {
    val root = Branch(mutable.LinkedHashMap.empty)
    mappings.foreach { mapping =>
      find(Fields.of(frame), mapping.source.steps, caseSensitive, mapping) match {
        case Some(field) => put(root, mapping.target.steps, Leaf(converted(field, mapping), mapping))
        case None        => absent(mapping)
      }
    }
    frame.select(root.fields.map { case (name, target) => column(target).as(name) }.toSeq: _*)
  }

  private def find(
      fields: Seq[Field],
      steps: List[FieldPath.Step],
      caseSensitive: Boolean,
      mapping: Mapping
  ): Option[Field] = {
    if (steps.head.each) {
      throw new IllegalArgumentException(s"applyMapping $mapping: fields within arrays cannot be mapped")
    }
    Fields.find(fields, steps.head.name, caseSensitive).flatMap { field =>
      field.dataType match {
        case _ if steps.tail.isEmpty => Some(field)
        case _: ArrayType            =>
          throw new IllegalArgumentException(s"applyMapping $mapping: fields within arrays cannot be mapped")
        case _: StructType if field.isChoice => throw unresolved(field, mapping)
        case _                               => find(field.fields, steps.tail, caseSensitive, mapping)
      }
    }
  }

  private def converted(field: Field, mapping: Mapping): Column = {
    def where = s"applyMapping $mapping"
    val target = mapping.targetType.trim.toLowerCase(java.util.Locale.ROOT)
    if (field.isChoice) {
      if (target == "choice") field.column else throw unresolved(field, mapping)
    } else {
      mapping.sourceType.trim.toLowerCase(java.util.Locale.ROOT) match {
        case "choice" | "null" => ()
        case said              => TypeName.scalar(said, where)
      }
      TypeName.scalar(target, where) match {
        case Some(scalar)                                     => Casting.cast(field, scalar, where)
        case None if TypeName.of(field.dataType) == target    => field.column
        case None if field.dataType == NullType               => field.column
        case None                                             =>
          throw new IllegalArgumentException(s"$where: a ${TypeName.of(field.dataType)} cannot be cast to $target")
      }
    }
  }

  /** What becomes of the values of the other types is nothing that AWS says, so that it is the script's to say. */
  private def unresolved(field: Field, mapping: Mapping): IllegalArgumentException =
    new IllegalArgumentException(
      s"applyMapping $mapping: ${mapping.source} is a choice of ${Choice.types(field.dataType).map(TypeName.of).mkString(", ")}; " +
        s"resolve it first, as by resolveChoice(specs = Seq((\"${mapping.source}\", \"cast:${mapping.sourceType}\")))"
    )

  private def put(branch: Branch, steps: List[FieldPath.Step], leaf: Leaf): Unit = {
    if (steps.head.each) {
      throw new IllegalArgumentException(s"applyMapping ${leaf.by}: fields within arrays cannot be mapped")
    }
    (branch.fields.get(steps.head.name), steps.tail) match {
      case (None, Nil)                   => branch.fields(steps.head.name) = leaf
      case (None, rest)                  =>
        val within = Branch(mutable.LinkedHashMap.empty)
        branch.fields(steps.head.name) = within
        put(within, rest, leaf)
      case (Some(within: Branch), rest) if rest.nonEmpty => put(within, rest, leaf)
      case _ => throw new IllegalArgumentException(s"applyMapping ${leaf.by}: something else is mapped to ${leaf.by.target}, too")
    }
  }

  private def column(target: Target): Column = target match {
    case Leaf(column, _) => column
    case Branch(fields)  =>
      val inner = fields.map { case (name, one) => name -> column(one) }.toSeq
      val isThere = inner.map { case (_, one) => one.isNotNull }.reduce(_ || _)
      when(isThere, struct(inner.map { case (name, one) => one.as(name) }: _*))
  }
}
