package dev.feedline.glue.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownColumnsTest {
    private final KnownColumns known = new KnownColumns();

    @Test
    void kindsOfFilesThatTakeTurnsShareTheirColumns() {
        Map<String, ColumnType> orders = known.same(columns("id", "total"));
        Map<String, ColumnType> customers = known.same(columns("id", "name"));
        assertThat(known.same(columns("id", "total"))).isSameAs(orders);
        assertThat(known.same(columns("id", "name"))).isSameAs(customers);
    }

    @Test
    void columnsInAnotherOrderAreOthers() {
        known.same(columns("id", "total"));
        assertThat(known.same(columns("total", "id")).keySet()).containsExactly("total", "id");
    }

    @Test
    void thoseSeenLongestAgoAreForgotten() {
        Map<String, ColumnType> often = known.same(columns("often"));
        Map<String, ColumnType> once = known.same(columns("once"));
        for (int kind = 0; kind < KnownColumns.MOST; kind++) {
            known.same(columns("column" + kind));
            known.same(columns("often"));
        }
        assertThat(known.same(columns("often"))).isSameAs(often);
        assertThat(known.same(columns("once"))).isNotSameAs(once);
    }

    private static Map<String, ColumnType> columns(String... names) {
        Map<String, ColumnType> columns = new LinkedHashMap<>();
        for (String name : names) {
            columns.put(name, ColumnType.STRING);
        }
        return columns;
    }
}
