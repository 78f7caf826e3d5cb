package dev.feedline.spark.frames

import org.apache.spark.sql.types._

/** A field whose values are of several types: as a column, a struct with one field for each type, named after it, of which
  * one at most has a value.
  *
  * The fields' names begin with a mark that no name in data does. (Metadata would be the place, and gets lost when Spark plans.)
  */
object Choice {
  private val Mark = "\uE000"

  def is(dataType: DataType): Boolean = dataType match {
    case StructType(fields) => fields.nonEmpty && fields.forall(_.name.startsWith(Mark))
    case _                  => false
  }

  /** @param types
    *   none of them a choice, and no two of one name
    */
  def of(types: Seq[DataType]): StructType =
    StructType(types.map(one => StructField(nameOf(TypeName.of(one)), one)).sortBy(_.name))

  /** How the field for a type of this name is called. */
  def nameOf(typeName: String): String = Mark + typeName

  def types(dataType: DataType): Seq[DataType] = dataType match {
    case StructType(fields) if is(dataType) => fields.map(_.dataType).toSeq
    case one                                => Seq(one)
  }

  def existsIn(dataType: DataType): Boolean = is(dataType) || (dataType match {
    case StructType(fields)    => fields.exists(field => existsIn(field.dataType))
    case ArrayType(element, _) => existsIn(element)
    case MapType(_, value, _)  => existsIn(value)
    case _                     => false
  })

  /** The same with its choices as plain structs. */
  def asStructs(dataType: DataType): DataType = dataType match {
    case StructType(fields) =>
      val isChoice = is(dataType)
      StructType(fields.map { field =>
        field.copy(name = if (isChoice) field.name.stripPrefix(Mark) else field.name, dataType = asStructs(field.dataType))
      })
    case ArrayType(element, nulls)    => ArrayType(asStructs(element), nulls)
    case MapType(key, value, nulls)   => MapType(key, asStructs(value), nulls)
    case other                        => other
  }
}
