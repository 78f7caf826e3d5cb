package dev.feedline.snowflake;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Tests that share one warehouse, which is as new for each of them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SharedWarehouse {
    TestWarehouse warehouse;

    @BeforeAll
    void open(@TempDir Path folder) {
        warehouse = new TestWarehouse(folder);
    }

    @BeforeEach
    void renew() {
        warehouse.fresh();
    }

    @AfterAll
    void close() {
        warehouse.close();
    }
}
