package dev.feedline.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchemaTest {
    private static final Column ID = new Column("id", new Type.Int64());

    @Test
    void columnsAreFoundByTheirExactName() {
        Schema schema = new Schema(List.of(ID, new Column("ID", new Type.Text())));
        assertThat(schema.column("id")).contains(ID);
        assertThat(schema.column("Id")).isEmpty();
    }

    @Test
    void twoColumnsOfOneNameAreRefused() {
        assertThatThrownBy(() -> new Schema(List.of(ID, ID))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyColumnsCanBeInferred() {
        assertThatThrownBy(() -> new Schema(List.of(ID), Set.of("other"))).isInstanceOf(IllegalArgumentException.class);
    }
}
