package dev.feedline.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompiledScriptsTest {
    @TempDir
    private Path folder;

    @Test
    void aScriptIsKnownByAllThatItIsMadeOf() throws Exception {
        Path script = Files.writeString(folder.resolve("a.scala"), "object A");
        Path jar = Files.writeString(folder.resolve("a.jar"), "classes");
        Path spark = Files.writeString(folder.resolve("spark.jar"), "spark");
        String name = CompiledScripts.name(script, List.of(jar), List.of(spark), "17");

        assertThat(CompiledScripts.name(script, List.of(jar), List.of(spark), "17"))
                .isEqualTo(name);
        assertThat(CompiledScripts.name(script, List.of(), List.of(spark), "17"))
                .isNotEqualTo(name);
        assertThat(CompiledScripts.name(script, List.of(jar), List.of(spark), "25"))
                .isNotEqualTo(name);
        Files.writeString(jar, "another");
        assertThat(CompiledScripts.name(script, List.of(jar), List.of(spark), "17"))
                .isNotEqualTo(name);
        Files.writeString(jar, "classes");
        Files.setLastModifiedTime(spark, FileTime.fromMillis(1));
        assertThat(CompiledScripts.name(script, List.of(jar), List.of(spark), "17"))
                .isNotEqualTo(name);
    }

    @Test
    void whatWasKeptIsThereAndTheOldestGoFirst() throws Exception {
        CompiledScripts scripts = new CompiledScripts(folder.resolve("scripts"));
        Path jar = Files.writeString(folder.resolve("a.jar"), "classes");
        assertThat(scripts.copy("one", folder.resolve("copy.jar"))).isFalse();
        scripts.keep("one", jar);
        scripts.keep("two", jar);
        for (String name : List.of("one", "two")) {
            Files.setLastModifiedTime(folder.resolve("scripts").resolve(name + ".jar"), FileTime.fromMillis(1));
        }
        assertThat(scripts.copy("one", folder.resolve("copy.jar"))).isTrue(); // so it is not the oldest any more
        assertThat(folder.resolve("copy.jar")).hasContent("classes");

        for (int i = 0; i < 99; i++) {
            scripts.keep("other" + i, jar);
        }

        assertThat(scripts.copy("two", folder.resolve("none.jar"))).isFalse();
        try (Stream<Path> all = Files.list(folder.resolve("scripts"))) {
            assertThat(all).hasSize(100).contains(folder.resolve("scripts/one.jar"));
        }
    }

    @Test
    void whatCannotBeKeptLeavesNothingBehind() throws Exception {
        CompiledScripts scripts = new CompiledScripts(folder.resolve("scripts"));
        Path jar = Files.writeString(folder.resolve("a.jar"), "classes");
        Path inItsPlace = Files.createDirectories(folder.resolve("scripts/one.jar"));
        Files.createFile(inItsPlace.resolve("x"));

        assertThatThrownBy(() -> scripts.keep("one", jar)).isInstanceOf(IOException.class);

        try (Stream<Path> all = Files.list(folder.resolve("scripts"))) {
            assertThat(all).containsExactly(inItsPlace);
        }
    }
}
