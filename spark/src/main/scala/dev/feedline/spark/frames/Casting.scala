package dev.feedline.spark.frames

import org.apache.spark.sql.Column
import org.apache.spark.sql.catalyst.expressions.Cast
import org.apache.spark.sql.functions._
import org.apache.spark.sql.types._

/** Values as another type; what is no value of it is null. */
object Casting {

  /** @param where
    *   for the error, when no value of the one type could be one of the other
    */
  def cast(field: Field, to: DataType, where: => String): Column =
    if (field.dataType == to) {
      field.column
    } else if (field.isChoice) {
      coalesce(field.dataType.asInstanceOf[StructType].fields.toSeq.map { one =>
        cast(Field(one, field.column.getField(one.name)), to, s"$where, of which some are ${TypeName.of(one.dataType)}")
      }: _*)
    } else if (Cast.canTryCast(field.dataType, to)) {
      field.column.try_cast(to)
    } else {
      throw new IllegalArgumentException(
        s"$where: a ${TypeName.of(field.dataType)} cannot be cast to ${TypeName.of(to)}"
      )
    }
}
