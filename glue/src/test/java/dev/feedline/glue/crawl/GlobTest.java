package dev.feedline.glue.crawl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

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
    void whatIsNoPatternIsRefused() {
        assertThatThrownBy(() -> Glob.parse("{a,b")).hasMessageContaining("brace");
        assertThatThrownBy(() -> Glob.parse("{a,{b}}")).hasMessageContaining("brace");
        assertThatThrownBy(() -> Glob.parse("[a")).hasMessageContaining("bracket");
        assertThatThrownBy(() -> Glob.parse("a\\")).hasMessageContaining("backslash");
        assertThatThrownBy(() -> Glob.parse("[z-a]")).isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean matches(String glob, String key) {
        return Glob.parse(glob).matches(key);
    }
}
