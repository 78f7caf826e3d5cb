package dev.feedline.spark;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Of Feedline's rooms, this one imports those that run on Java 17.
class ArrowsTest {
    private static final List<String> MAY_IMPORT = List.of("spark", "convert", "rows", "parquet");

    @Test
    void noOtherRoomIsImported() {
        classes()
                .should()
                .onlyDependOnClassesThat(describe(
                        "are outside Feedline, or in one of " + MAY_IMPORT,
                        one -> isAllowed(one.getBaseComponentType().getPackageName())))
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.feedline.spark", "com.amazonaws.services.glue"));
    }

    private static boolean isAllowed(String name) {
        return !name.startsWith("dev.feedline.")
                || MAY_IMPORT.stream().anyMatch(room -> (name + ".").startsWith("dev.feedline." + room + "."));
    }
}
