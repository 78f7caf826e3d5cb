package dev.feedline.app;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The arrows between the rooms are those of the architecture, and no others.
class ArrowsTest {
    /// What each room may import; `docs/ARCHITECTURE.md` shows the same table. `spark`, which runs in
    /// processes of its own, has a test of its own.
    private static final Map<String, List<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("kernel", List.of()),
            Map.entry("rows", List.of()),
            Map.entry("parquet", List.of("rows")),
            Map.entry("convert", List.of("rows", "parquet")),
            Map.entry("wire", List.of("kernel")),
            Map.entry("s3", List.of("kernel")),
            Map.entry("sqs", List.of("kernel")),
            Map.entry("kinesis", List.of("kernel")),
            Map.entry("firehose", List.of("kernel", "rows", "parquet")),
            Map.entry("lambda", List.of("kernel")),
            Map.entry("glue", List.of("kernel", "rows")),
            Map.entry("snowflake", List.of("kernel")),
            Map.entry("iam", List.of("kernel")),
            Map.entry("feeds", List.of("convert", "rows", "parquet")),
            Map.entry("gateway", List.of("kernel", "wire", "snowflake")));

    private final JavaClasses all = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.feedline");

    @Test
    void noRoomImportsARoomItMayNot() {
        MAY_IMPORT.forEach((room, allowed) -> classes()
                .that()
                .resideInAPackage("dev.feedline." + room + "..")
                .should()
                .onlyDependOnClassesThat(describe(
                        "are outside Feedline, or in " + room + " or one of " + allowed,
                        dependency -> isAllowed(dependency, room, allowed)))
                .check(all));
    }

    @Test
    void everyRoomIsInTheTable() {
        Set<String> rooms = new TreeSet<>();
        all.forEach(one -> rooms.add(roomOf(one.getPackageName())));
        rooms.removeAll(Set.of("app", "testkit"));
        assertThat(MAY_IMPORT.keySet()).containsAll(rooms);
    }

    @Test
    void onlyTheGatewayKnowsHttpServers() {
        classes()
                .that()
                .resideOutsideOfPackage("dev.feedline.gateway..")
                .should()
                .onlyDependOnClassesThat(describe(
                        "are no HTTP server's", one -> !one.getPackageName().startsWith("org.eclipse.jetty")))
                .check(all);
    }

    private static boolean isAllowed(JavaClass dependency, String room, List<String> allowed) {
        String name = dependency.getBaseComponentType().getPackageName();
        if (!name.startsWith("dev.feedline.")) {
            return true;
        }
        String other = roomOf(name);
        return other.equals(room) || allowed.contains(other);
    }

    private static String roomOf(String packageName) {
        String rest = packageName.substring("dev.feedline.".length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }
}
