package dev.feedline.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobClassesTest {
    @TempDir
    private Path folder;

    @Test
    void aScriptThatCannotBeKeptRunsAllTheSame() throws Exception {
        // A link to itself: nothing can be read there and no folder can be made of it, not even by root.
        Path scripts = Files.createSymbolicLink(folder.resolve("scripts"), folder.resolve("scripts"));
        Path jar = Files.writeString(folder.resolve("a.jar"), "classes");
        CompiledScripts broken = new CompiledScripts(scripts);
        assertThatThrownBy(() -> broken.copy("a", folder.resolve("b.jar"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> broken.keep("a", jar)).isInstanceOf(IOException.class);

        JobClasses classes = JobClasses.of(run(scripts, "object Hello { def main(args: Array[String]): Unit = () }"));

        assertThat(classes.loader().loadClass("Hello")).isNotNull();
    }

    private RunLine run(Path scripts, String script) throws IOException {
        return new RunLine(
                "jr_1",
                "feedline-1",
                "job",
                "Hello",
                Files.writeString(folder.resolve("hello.scala"), script),
                scripts,
                List.of(),
                "local[1]",
                Map.of(),
                Map.of(),
                Map.of(),
                folder.resolve("commits.json"),
                folder.resolve("report.json"),
                folder.resolve("pods-gone"));
    }
}
