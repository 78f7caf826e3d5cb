package dev.feedline.rows;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarehouseNameTest {
    @ParameterizedTest
    @CsvSource({
        "id, ID",
        "Order_2, ORDER_2",
        "_x, _X",
        "ID, ID",
        "2nd, 2nd",
        "first name, first name",
        "a.b, a.b",
        "straße, straße",
        "'', ''"
    })
    void plainIdentifiersAreUpperCasedAndAllElseStays(String key, String name) {
        assertThat(WarehouseName.of(key)).isEqualTo(name);
    }
}
