package dev.feedline.spark.frames

import scala.collection.mutable.ListBuffer

/** The way to a field: names between full stops, in backticks when a full stop is part of one; `[]` after a name for each of an array's
  * elements.
  */
final case class FieldPath(steps: List[FieldPath.Step]) {
  override def toString: String = steps
    .map { step =>
      val name = if (step.name.contains('.')) s"`${step.name}`" else step.name
      if (step.each) name + "[]" else name
    }
    .mkString(".")
}

object FieldPath {

  /** @param each
    *   what follows is said of an array's elements
    */
  final case class Step(name: String, each: Boolean)

  def parse(path: String): FieldPath = {
    val steps = ListBuffer.empty[Step]
    val name = new StringBuilder
    var quoted = false
    def end(): Unit = {
      val each = name.endsWith("[]")
      val plain = if (each) name.dropRight(2).toString else name.toString
      if (plain.isEmpty) {
        throw new IllegalArgumentException(s"'$path' is no path to a field: a name in it is empty")
      }
      steps += Step(plain, each)
      name.clear()
    }
    path.foreach {
      case '`'            => quoted = !quoted
      case '.' if !quoted => end()
      case other          => name += other
    }
    if (quoted) {
      throw new IllegalArgumentException(s"'$path' is no path to a field: its backtick is not closed")
    }
    end()
    FieldPath(steps.toList)
  }
}
