package dev.feedline.spark.frames

import com.amazonaws.services.glue.types.ObjectNode
import org.apache.spark.rdd.RDD
import org.apache.spark.sql.{DataFrame, SparkSession}
import org.apache.spark.sql.types._

/** Records as a frame with all their fields, of which each is of all the types that it has in any record. */
object Records {

  /** Computes the records once to see their types, and again whenever the frame is.
    *
    * @param known
    *   what is known of the types beforehand: how many digits a decimal may have, and what a field is that is null in all records
    */
  def frame(records: RDD[ObjectNode], known: StructType, session: SparkSession): DataFrame = {
    val found = records
      .mapPartitions(part => Iterator(part.map(Nodes.typeOf).foldLeft[DataType](StructType(Nil))(Nodes.merge)))
      .collect() // of each partition one type, in their order, so that the columns' order is that of the records
      .foldLeft[DataType](StructType(Nil))(Nodes.merge)
    val schema = Nodes.settled(found, known).asInstanceOf[StructType]
    checkNames(schema, session)
    session.createDataFrame(records.map(Nodes.row(_, schema)), schema)
  }

  private def checkNames(dataType: DataType, session: SparkSession): Unit =
    if (!session.conf.get("spark.sql.caseSensitive", "false").toBoolean) {
      clashing(dataType).foreach { names =>
        throw new IllegalArgumentException(
          s"The fields ${names.mkString(" and ")} differ in their case only, which Spark's columns may not unless the job has " +
            "--conf spark.sql.caseSensitive=true"
        )
      }
    }

  private def clashing(dataType: DataType): Option[Seq[String]] = dataType match {
    case StructType(fields) =>
      fields.toSeq
        .map(_.name)
        .groupBy(_.toLowerCase(java.util.Locale.ROOT))
        .values
        .find(_.size > 1)
        .orElse(fields.iterator.flatMap(field => clashing(field.dataType)).nextOption())
    case ArrayType(element, _) => clashing(element)
    case _                     => None
  }
}
