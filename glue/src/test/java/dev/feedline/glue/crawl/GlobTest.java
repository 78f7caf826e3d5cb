package dev.feedline.glue.crawl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The examples of https://docs.aws.amazon.com/glue/latest/dg/define-crawler-choose-data-sources.html
class GlobTest {
    @Test
    void patternsMatchAsGlueSays() {
        assertThat(matches("*.csv", "a.csv")).isTrue();
        assertThat(matches("*.csv", "a/b.csv")).isFalse();
        assertThat(matches("*.*", "file")).isFalse();
        assertThat(matches("*.{csv,avro}", "a.avro")).isTrue();
        assertThat(matches("foo.?", "foo.a")).isTrue();
        assertThat(matches("foo.?", "foo.ab")).isFalse();
        assertThat(matches("myfolder/*", "myfolder/a")).isTrue();
        assertThat(matches("myfolder/*", "myfolder/a/b")).isFalse();
        assertThat(matches("myfolder/*/*", "myfolder/a/b")).isTrue();
        assertThat(matches("myfolder/**", "myfolder/a/b/c")).isTrue();
        assertThat(matches("**.csv", "a/b/c.csv")).isTrue();
        assertThat(matches("[a-c]*", "beta")).isTrue();
        assertThat(matches("[!a-c]*", "beta")).isFalse();
        assertThat(matches("[!a]b", "/b")).isFalse();
        assertThat(matches("a\\*", "a*")).isTrue();
        assertThat(matches("a\\*", "ab")).isFalse();
        assertThat(matches("a.b", "axb")).isFalse();
        assertThat(matches("departments/market*", "departments/marketing")).isTrue();
    }

    @Test
    void bracesAndBracketsMatchAsTheyAreWritten() {
        assertThat(matches("{a*,**/b,}.x", "aa.x")).isTrue();
        assertThat(matches("{a*,**/b,}.x", "c/d/b.x")).isTrue();
        assertThat(matches("{a*,**/b,}.x", ".x")).isTrue();
        assertThat(matches("{a*,**/b,}.x", "b.x")).isFalse();
        assertThat(matches("{a,b}{c,d}", "bc")).isTrue();
        assertThat(matches("{a,b}{c,d}", "ab")).isFalse();
        assertThat(matches("a,b}", "a,b}")).isTrue();
        assertThat(matches("[]a]x", "]x")).isTrue();
        assertThat(matches("[a-]x", "-x")).isTrue();
        assertThat(matches("[a-]x", "bx")).isFalse();
        assertThat(matches("[+-9]", ".")).isTrue();
        assertThat(matches("[+-9]", "/")).isFalse();
        assertThat(matches("?", "\ud83e\uddc0")).isTrue(); // one character of two
        assertThat(matches("", "")).isTrue();
        assertThat(matches("", "a")).isFalse();
    }

    @Test
    @Timeout(10)
    void noPatternTakesExponentialTime() {
        assertThat(matches("{a,aa,*}".repeat(100) + "b", "a".repeat(1_000))).isFalse();
        assertThat(matches("**".repeat(500) + "b", "a".repeat(1_000))).isFalse();
        assertThat(matches("*a".repeat(500) + "b", "a".repeat(1_000))).isFalse();
        assertThatThrownBy(() -> Glob.parse("a".repeat(1_025))).hasMessageContaining("1024");
    }

    @Test
    void whatIsNoPatternIsRefused() {
        assertThatThrownBy(() -> Glob.parse("{a,b")).hasMessageContaining("brace");
        assertThatThrownBy(() -> Glob.parse("{a,{b}}")).hasMessageContaining("brace");
        assertThatThrownBy(() -> Glob.parse("[a")).hasMessageContaining("bracket");
        assertThatThrownBy(() -> Glob.parse("a\\")).hasMessageContaining("backslash");
        assertThatThrownBy(() -> Glob.parse("[z-a]")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Glob.parse("[a/b]")).hasMessageContaining("slash");
        assertThatThrownBy(() -> Glob.parse("[!]")).hasMessageContaining("bracket");
    }

    private static boolean matches(String glob, String key) {
        return Glob.parse(glob).matches(key);
    }
}
