package dev.feedline.spark.frames

/** The options of one source or sink, of which none is ignored.
  *
  * @param of
  *   whose they are, for errors
  */
final case class Options(of: String, values: Map[String, Any]) {

  /** Refuses every option that is not named here. */
  def only(names: String*): Options = {
    val taken = if (names.isEmpty) "no options" else names.sorted.mkString(", ")
    values.keys.toSeq.sorted
      .find(name => !names.contains(name))
      .foreach(name => throw Unsupported(s"The option $name of $of", s"it takes $taken"))
    this
  }

  def text(name: String): Option[String] = values.get(name).filter(_ != null).map(_.toString)

  def flag(name: String, otherwise: Boolean): Boolean =
    text(name).map(_.toLowerCase(java.util.Locale.ROOT)) match {
      case None          => otherwise
      case Some("true")  => true
      case Some("false") => false
      case Some(other)   => throw new IllegalArgumentException(s"The option $name of $of is true or false, not $other")
    }

  /** `multiLine`, or `multiline` as older scripts have it. */
  def multiline: Boolean = {
    val names = Seq("multiLine", "multiline").filter(values.contains)
    if (names.size > 1) {
      throw new IllegalArgumentException(s"The options ${names.mkString(" and ")} of $of are one and the same: one of them is enough")
    }
    names.headOption.exists(flag(_, otherwise = false))
  }

  def count(name: String, otherwise: Long): Long = text(name) match {
    case None => otherwise
    case Some(digits) =>
      digits.toLongOption
        .filter(_ >= 0)
        .getOrElse(throw new IllegalArgumentException(s"The option $name of $of is a number, not $digits"))
  }

  /** A list of texts; one alone is a list of one. */
  def texts(name: String): Seq[String] = values.get(name) match {
    case None | Some(null)        => Seq.empty
    case Some(many: Iterable[_])  => many.map(_.toString).toSeq
    case Some(one: String)        => Seq(one)
    case Some(other)              => throw new IllegalArgumentException(s"The option $name of $of is a list of texts, not $other")
  }

  def character(name: String): Option[String] = text(name).map { given =>
    if (given.codePointCount(0, given.length) != 1) {
      throw new IllegalArgumentException(s"The option $name of $of is one character, not '$given'")
    }
    given
  }
}
