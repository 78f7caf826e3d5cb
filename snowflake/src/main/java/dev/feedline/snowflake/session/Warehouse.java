package dev.feedline.snowflake.session;

import dev.feedline.kernel.Ground;
import dev.feedline.snowflake.catalog.Databases;
import dev.feedline.snowflake.catalog.Integrations;
import dev.feedline.snowflake.catalog.Objects;
import dev.feedline.snowflake.catalog.Tables;
import dev.feedline.snowflake.catalog.Users;
import dev.feedline.snowflake.catalog.Warehouses;
import dev.feedline.snowflake.copy.CopyCommand;
import dev.feedline.snowflake.engine.DuckDb;
import dev.feedline.snowflake.pipe.Pipes;
import java.util.concurrent.locks.ReentrantLock;

/// What all sessions share.
///
/// @param ddl held while the catalogue changes: definitions change one at a time
public record Warehouse(
        Ground ground,
        DuckDb duckDb,
        Databases databases,
        Tables tables,
        Objects objects,
        Integrations integrations,
        Warehouses warehouses,
        Users users,
        CopyCommand copies,
        Pipes pipes,
        ReentrantLock ddl) {}
