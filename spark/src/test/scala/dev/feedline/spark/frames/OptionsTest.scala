package dev.feedline.spark.frames

import org.assertj.core.api.Assertions.{assertThat, assertThatThrownBy}
import org.junit.jupiter.api.Test

class OptionsTest {

  @Test
  def whatIsRefusedSaysWhatThereIs(): Unit = {
    assertThatThrownBy(() => Formats.writer("json", Map("indent" -> 2), None, "the sink s3"))
      .isInstanceOf(classOf[UnsupportedOperationException])
      .hasMessage("The option indent of format json of the sink s3 is not supported by Feedline: it takes no options")
    assertThatThrownBy(() => options("b" -> 1, "a" -> 1).only("d", "c"))
      .hasMessage("The option a of it is not supported by Feedline: it takes c, d")
  }

  @Test
  def multilineHasTwoNames(): Unit = {
    assertThat(options().multiline).isFalse
    assertThat(options("multiLine" -> "true").multiline).isTrue
    assertThat(options("multiline" -> true).multiline).isTrue
    assertThatThrownBy(() => options("multiLine" -> true, "multiline" -> false).multiline).hasMessageContaining("one and the same")
  }

  private def options(values: (String, Any)*): Options = Options("it", values.toMap)
}
