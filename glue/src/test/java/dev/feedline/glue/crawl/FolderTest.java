package dev.feedline.glue.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FolderTest {
    private final Folder folder = new Folder("a/");

    @Test
    void filesThatGoTogetherAreForgottenWhenTheWalkIsElsewhere() throws Exception {
        add("a/1", "x");
        add("a/2", "x");
        Folder other = new Folder("b/");
        other.add("b/1", found("x"), false);

        assertThat(folder.leave()).isZero();
        assertThat(other.leave()).isZero();

        assertThat(folder.files()).isEmpty();
        assertThat(FoundTable.below(folder, false)).singleElement().satisfies(table -> {
            assertThat(table.path()).isEqualTo("a/");
            assertThat(table.found().objects()).isEqualTo(2);
        });
        assertThat(FoundTable.below(other, false))
                .singleElement()
                .satisfies(table -> assertThat(table.path()).isEqualTo("b/"));
    }

    @Test
    void filesThatAreTablesOfTheirOwnAreCountedOnce() throws Exception {
        add("a/1", "x");
        folder.child("b").add("a/b/1", found("x"), false);
        assertThat(folder.leave()).isEqualTo(1);
        add("a/2", "y");
        assertThat(folder.leave()).isEqualTo(1);
        assertThat(folder.leave()).isZero();

        assertThat(FoundTable.below(folder, false)).extracting(FoundTable::path).containsExactly("a/1", "a/2", "a/b/");
    }

    private void add(String key, String column) {
        folder.add(key, found(column), false);
    }

    private static Found found(String column) {
        return new Found(FileFormat.json(false), Map.of(column, ColumnType.STRING), 1, 10, 1);
    }
}
