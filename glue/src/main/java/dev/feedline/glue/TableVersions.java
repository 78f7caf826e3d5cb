package dev.feedline.glue;

import dev.feedline.kernel.Ground;
import dev.feedline.kernel.SdkJson;
import dev.feedline.kernel.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.GetTableVersionRequest;
import software.amazon.awssdk.services.glue.model.GetTableVersionsRequest;
import software.amazon.awssdk.services.glue.model.GetTableVersionsResponse;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableVersion;

/// What a table was before: its archived versions, and the present one.
final class TableVersions {
    private static final int LARGEST_PAGE = 100;

    private final GlueStore store;
    private final Ground ground;

    TableVersions(GlueStore store, Ground ground) {
        this.store = store;
        this.ground = ground;
    }

    /// The named version, or the present one when none is named.
    TableVersion get(GetTableVersionRequest request) {
        Names.requireOwnCatalog(request.catalogId(), ground.account());
        String database = Names.catalogName("DatabaseName", request.databaseName());
        String name = Names.catalogName("TableName", request.tableName());
        return store.read(tx -> {
            Table present = Tables.existing(tx, database, name);
            String version = request.versionId();
            if (version == null || version.equals(present.versionId())) {
                return version(present);
            }
            return archived(tx, present, version)
                    .orElseThrow(() -> GlueError.ENTITY_NOT_FOUND.because(
                            "Version " + version + " of table " + database + "." + name + " not found."));
        });
    }

    /// All versions, the newest first.
    GetTableVersionsResponse list(GetTableVersionsRequest request) {
        Names.requireOwnCatalog(request.catalogId(), ground.account());
        String database = Names.catalogName("DatabaseName", request.databaseName());
        String name = Names.catalogName("TableName", request.tableName());
        Page page = Page.of(request.nextToken(), request.maxResults(), LARGEST_PAGE);
        List<TableVersion> found = store.read(tx -> {
            List<TableVersion> versions = new ArrayList<>();
            Table present = Tables.existing(tx, database, name);
            if (Long.parseLong(present.versionId()) < page.below()) {
                versions.add(version(present));
            }
            versions.addAll(tx.query(
                    "SELECT body FROM table_version WHERE database = ? AND name = ? AND version < ? "
                            + "ORDER BY version DESC LIMIT ?",
                    TableVersions::read,
                    database,
                    name,
                    page.below(),
                    page.limit()));
            return versions;
        });
        return GetTableVersionsResponse.builder()
                .tableVersions(page.entries(found))
                .nextToken(page.next(found, TableVersion::versionId))
                .build();
    }

    private static Optional<TableVersion> archived(Transaction tx, Table present, @Nullable String version)
            throws SQLException {
        return tx.first(
                "SELECT body FROM table_version WHERE database = ? AND name = ? AND version = CAST(? AS INTEGER)",
                TableVersions::read,
                present.databaseName(),
                present.name(),
                version);
    }

    private static TableVersion read(ResultSet row) throws SQLException {
        return version(SdkJson.read(row.getString(1), Table.builder()));
    }

    private static TableVersion version(Table table) {
        return TableVersion.builder().table(table).versionId(table.versionId()).build();
    }
}
