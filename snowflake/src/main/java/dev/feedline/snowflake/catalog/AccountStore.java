package dev.feedline.snowflake.catalog;

import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The account's own small state (`snowflake.db`): which databases and integrations there are, and
/// what pipes wait for.
public final class AccountStore {
    private static final List<String> MIGRATIONS = List.of("""
            CREATE TABLE databases (
                name TEXT PRIMARY KEY, file TEXT NOT NULL, created_on TEXT NOT NULL, comment TEXT NOT NULL);
            CREATE TABLE integrations (
                name TEXT PRIMARY KEY, properties TEXT NOT NULL, created_on TEXT NOT NULL, comment TEXT NOT NULL);
            CREATE TABLE waiting_files (
                id INTEGER PRIMARY KEY AUTOINCREMENT, pipe_id TEXT NOT NULL, bucket TEXT NOT NULL, key TEXT NOT NULL,
                size INTEGER NOT NULL, etag TEXT NOT NULL, received_on TEXT NOT NULL,
                UNIQUE (pipe_id, bucket, key, etag));
            """, """
            CREATE TABLE user_properties (
                user_name TEXT NOT NULL, property TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (user_name, property));
            """, """
            CREATE TABLE warehouses (
                name TEXT PRIMARY KEY, suspended INTEGER NOT NULL, properties TEXT NOT NULL, created_on TEXT NOT NULL,
                comment TEXT NOT NULL);
            """);

    private AccountStore() {}

    public static Store open(Path folder, Ground ground) throws IOException {
        return Store.open(folder.resolve("snowflake.db"), ground.disk(), MIGRATIONS, ground.onFailure());
    }
}
