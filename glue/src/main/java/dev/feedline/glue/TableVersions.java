package dev.feedline.glue;

import dev.feedline.kernel.Ground;
import dev.feedline.kernel.SdkJson;
import dev.feedline.kernel.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.glue.model.BatchDeleteTableVersionRequest;
import software.amazon.awssdk.services.glue.model.DeleteTableVersionRequest;
import software.amazon.awssdk.services.glue.model.GetTableVersionRequest;
import software.amazon.awssdk.services.glue.model.GetTableVersionsRequest;
import software.amazon.awssdk.services.glue.model.GetTableVersionsResponse;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableVersion;
import software.amazon.awssdk.services.glue.model.TableVersionError;

/// What a table was before: its archived versions, and the present one.
final class TableVersions {
    private static final int LARGEST_PAGE = 100;

    /// https://docs.aws.amazon.com/glue/latest/webapi/API_BatchDeleteTableVersion.html
    private static final int MOST_DELETED = 100;

    private final GlueStore store;
    private final Ground ground;

    TableVersions(GlueStore store, Ground ground) {
        this.store = store;
        this.ground = ground;
    }

    /// The named version, or the present one when none is named.
    TableVersion get(GetTableVersionRequest request) {
        TableName name = TableName.of(request.catalogId(), request.databaseName(), request.tableName(), ground);
        return store.read(tx -> {
            Table present = name.existing(tx);
            String version = request.versionId();
            if (version == null || version.equals(present.versionId())) {
                return version(present);
            }
            return archived(tx, present, version)
                    .orElseThrow(() -> GlueError.ENTITY_NOT_FOUND.because("Version " + version + " of table "
                            + present.databaseName() + "." + present.name() + " not found."));
        });
    }

    /// All versions, the newest first.
    GetTableVersionsResponse list(GetTableVersionsRequest request) {
        TableName name = TableName.of(request.catalogId(), request.databaseName(), request.tableName(), ground);
        Page page = Page.of(
                "GetTableVersions/" + name.database() + "/" + name.table(),
                request.nextToken(),
                request.maxResults(),
                LARGEST_PAGE);
        List<TableVersion> found = store.read(tx -> {
            List<TableVersion> versions = new ArrayList<>();
            Table present = name.existing(tx);
            if (Long.parseLong(present.versionId()) < page.below()) {
                versions.add(version(present));
            }
            versions.addAll(tx.query(
                    "SELECT body FROM table_version WHERE database = ? AND name = ? AND version < ? "
                            + "ORDER BY version DESC LIMIT ?",
                    TableVersions::read,
                    name.database(),
                    name.table(),
                    page.below(),
                    page.limit()));
            return versions;
        });
        return GetTableVersionsResponse.builder()
                .tableVersions(page.entries(found))
                .nextToken(page.next(found, TableVersion::versionId))
                .build();
    }

    void delete(DeleteTableVersionRequest request) {
        TableName name = TableName.of(request.catalogId(), request.databaseName(), request.tableName(), ground);
        store.write(tx -> {
            delete(tx, name.existing(tx), request.versionId());
            return null;
        });
    }

    List<TableVersionError> delete(BatchDeleteTableVersionRequest request) {
        TableName name = TableName.of(request.catalogId(), request.databaseName(), request.tableName(), ground);
        CatalogLimits.requireAtMost("VersionIds", request.versionIds(), MOST_DELETED);
        return store.write(tx -> {
            Table present = name.existing(tx);
            List<TableVersionError> errors = new ArrayList<>();
            for (String version : request.versionIds()) {
                try {
                    delete(tx, present, version);
                } catch (AwsServiceException e) {
                    errors.add(TableVersionError.builder()
                            .tableName(present.name())
                            .versionId(version)
                            .errorDetail(GlueError.detail(e))
                            .build());
                }
            }
            return errors;
        });
    }

    private static void delete(Transaction tx, Table present, String version) throws SQLException {
        if (present.versionId().equals(version)) {
            throw GlueError.INVALID_INPUT.because("Version " + version + " is what table " + present.databaseName()
                    + "." + present.name() + " is now, and cannot be deleted");
        }
        int deleted = tx.update(
                "DELETE FROM table_version WHERE database = ? AND name = ? AND version = ?",
                present.databaseName(),
                present.name(),
                number(version));
        if (deleted == 0) {
            throw GlueError.ENTITY_NOT_FOUND.because("Version " + version + " of table " + present.databaseName() + "."
                    + present.name() + " not found.");
        }
    }

    private static long number(String version) {
        try {
            return Long.parseLong(version);
        } catch (NumberFormatException e) {
            throw GlueError.INVALID_INPUT.because("VersionId must be a number, not " + version, e);
        }
    }

    private static Optional<TableVersion> archived(Transaction tx, Table present, String version) throws SQLException {
        return tx.first(
                "SELECT body FROM table_version WHERE database = ? AND name = ? AND version = ?",
                TableVersions::read,
                present.databaseName(),
                present.name(),
                number(version));
    }

    private static TableVersion read(ResultSet row) throws SQLException {
        return version(SdkJson.read(row.getString(1), Table.builder()));
    }

    private static TableVersion version(Table table) {
        return TableVersion.builder().table(table).versionId(table.versionId()).build();
    }
}
