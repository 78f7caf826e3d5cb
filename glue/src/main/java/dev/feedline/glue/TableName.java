package dev.feedline.glue;

import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Transaction;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Table;

/// A table as a request names it, in the account's catalog.
record TableName(String database, String table) {
    static TableName of(@Nullable String catalogId, @Nullable String database, @Nullable String table, Ground ground) {
        Names.requireOwnCatalog(catalogId, ground.account());
        return new TableName(Names.catalogName("DatabaseName", database), Names.catalogName("TableName", table));
    }

    Table existing(Transaction tx) throws SQLException {
        return Tables.existing(tx, database, table);
    }
}
