package dev.feedline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Every room and type that `docs/ARCHITECTURE.md` names exists, and every room is named.
class ArchitectureDocTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern TYPE = Pattern.compile("`([a-z0-9]+(?:\\.[a-z0-9]+)*)\\.([A-Z][A-Za-z0-9]*)`");
    private static final Pattern ROOM = Pattern.compile("(?m)^\\| `([a-z0-9]+)` \\|");
    private static final Pattern MODULE = Pattern.compile("<module>([a-z0-9]+)</module>");

    private final String document = Files.readString(HOME.resolve("docs/ARCHITECTURE.md"));

    ArchitectureDocTest() throws IOException {}

    @Test
    void everyTypeItNamesExists() {
        List<String> missing = new ArrayList<>();
        Matcher matcher = TYPE.matcher(document);
        int found = 0;
        while (matcher.find()) {
            found++;
            String name = "dev.feedline." + matcher.group(1) + "." + matcher.group(2);
            try {
                Class.forName(name, false, getClass().getClassLoader());
            } catch (ClassNotFoundException e) {
                missing.add(name);
            }
        }
        assertThat(missing).isEmpty();
        assertThat(found).isGreaterThan(10);
    }

    @Test
    void itsTableIsTheListOfModules() throws IOException {
        assertThat(all(ROOM, document))
                .containsExactlyInAnyOrderElementsOf(all(MODULE, Files.readString(HOME.resolve("pom.xml"))));
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1)).toList();
    }
}
