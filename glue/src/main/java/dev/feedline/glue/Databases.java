package dev.feedline.glue;

import dev.feedline.kernel.Account;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.SdkJson;
import dev.feedline.kernel.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.CreateDatabaseRequest;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.DatabaseAttributes;
import software.amazon.awssdk.services.glue.model.DatabaseInput;
import software.amazon.awssdk.services.glue.model.DeleteDatabaseRequest;
import software.amazon.awssdk.services.glue.model.GetDatabaseRequest;
import software.amazon.awssdk.services.glue.model.GetDatabasesRequest;
import software.amazon.awssdk.services.glue.model.GetDatabasesResponse;
import software.amazon.awssdk.services.glue.model.UpdateDatabaseRequest;

/// The databases of the Data Catalog.
final class Databases {
    private static final int LARGEST_PAGE = 100;
    private static final int LONGEST_LOCATION_BYTES = 1_024;
    /// https://docs.aws.amazon.com/general/latest/gr/glue.html: databases per account.
    private static final long MOST = 10_000;

    /// Lake Formation's default permissions are kept and returned: without Lake Formation they say
    /// nothing.
    private static final Set<String> INPUT =
            Set.of("Name", "Description", "LocationUri", "Parameters", "CreateTableDefaultPermissions");

    private final GlueStore store;
    private final Tags tags;
    private final Ground ground;

    Databases(GlueStore store, Tags tags, Ground ground) {
        this.store = store;
        this.tags = tags;
        this.ground = ground;
    }

    void create(CreateDatabaseRequest request) {
        Names.requireOwnCatalog(request.catalogId(), account());
        DatabaseInput input = checked(request.databaseInput());
        String name = Names.catalogName("DatabaseInput.Name", input.name());
        Database database = database(name, input, ground.clock().instant());
        store.write(tx -> {
            if (find(tx, name).isPresent()) {
                throw GlueError.ALREADY_EXISTS.because("Database already exists.");
            }
            if (tx.first("SELECT count(*) FROM glue_database", row -> row.getLong(1))
                            .orElse(0L)
                    >= MOST) {
                throw GlueError.RESOURCE_NUMBER_LIMIT_EXCEEDED.because("A catalog has at most " + MOST + " databases");
            }
            tx.update("INSERT INTO glue_database (name, body) VALUES (?, ?)", name, SdkJson.write(database));
            tags.add(tx, "database/" + name, request.tags());
            return null;
        });
    }

    Database get(GetDatabaseRequest request) {
        Names.requireOwnCatalog(request.catalogId(), account());
        String name = Names.catalogName("Name", request.name());
        return store.read(tx -> existing(tx, name));
    }

    GetDatabasesResponse list(GetDatabasesRequest request) {
        Names.requireOwnCatalog(request.catalogId(), account());
        Names.requireOnly(
                Set.of("CatalogId", "NextToken", "MaxResults", "ResourceShareType", "AttributesToGet"), request);
        if (!Shares.includeOwn(request.resourceShareType())) {
            return GetDatabasesResponse.builder().databaseList(List.of()).build();
        }
        boolean namesOnly = namesOnly(request.attributesToGet());
        Page page = Page.of("GetDatabases", request.nextToken(), request.maxResults(), LARGEST_PAGE);
        List<Database> found = store.read(tx -> tx.query(
                "SELECT body FROM glue_database WHERE name > ? ORDER BY name LIMIT ?",
                row -> SdkJson.read(row.getString(1), Database.builder()),
                page.after(),
                page.limit()));
        return GetDatabasesResponse.builder()
                .databaseList(page.entries(found).stream()
                        .map(database -> namesOnly ? named(database) : database)
                        .toList())
                .nextToken(page.next(found, Database::name))
                .build();
    }

    void update(UpdateDatabaseRequest request) {
        Names.requireOwnCatalog(request.catalogId(), account());
        DatabaseInput input = checked(request.databaseInput());
        String name = Names.catalogName("Name", request.name());
        if (!Names.catalogName("DatabaseInput.Name", input.name()).equals(name)) {
            throw GlueError.INVALID_INPUT.because("A database cannot be renamed: " + name);
        }
        store.write(tx -> {
            Instant created = existing(tx, name).createTime();
            Database database = database(name, input, created);
            return tx.update("UPDATE glue_database SET body = ? WHERE name = ?", SdkJson.write(database), name);
        });
    }

    /// Deletes the database and, as Glue does, all tables in it.
    void delete(DeleteDatabaseRequest request) {
        Names.requireOwnCatalog(request.catalogId(), account());
        String name = Names.catalogName("Name", request.name());
        store.write(tx -> {
            existing(tx, name);
            tags.forget(tx, "database/" + name);
            tags.forgetUnder(tx, "table/" + name + "/");
            return tx.update("DELETE FROM glue_database WHERE name = ?", name);
        });
    }

    static Database existing(Transaction tx, String name) throws SQLException {
        return find(tx, name).orElseThrow(() -> GlueError.ENTITY_NOT_FOUND.because("Database " + name + " not found."));
    }

    private static Optional<Database> find(Transaction tx, String name) throws SQLException {
        return tx.first(
                "SELECT body FROM glue_database WHERE name = ?",
                row -> SdkJson.read(row.getString(1), Database.builder()),
                name);
    }

    private Account account() {
        return ground.account();
    }

    /// No database here has a target, so that each of the attributes leaves the name alone.
    private static boolean namesOnly(List<DatabaseAttributes> attributes) {
        if (attributes.contains(DatabaseAttributes.UNKNOWN_TO_SDK_VERSION)) {
            throw GlueError.INVALID_INPUT.because("AttributesToGet takes NAME and TARGET_DATABASE");
        }
        return !attributes.isEmpty();
    }

    private static Database named(Database database) {
        return Database.builder().name(database.name()).build();
    }

    private static DatabaseInput checked(@Nullable DatabaseInput given) {
        DatabaseInput input = Names.required("DatabaseInput", given);
        Names.requireOnly(INPUT, input);
        CatalogLimits.checkDescription(input.description());
        CatalogLimits.requireShort("LocationUri", input.locationUri(), LONGEST_LOCATION_BYTES);
        CatalogLimits.checkParameters(input.parameters());
        return input;
    }

    private Database database(String name, DatabaseInput input, Instant created) {
        return Database.builder()
                .name(name)
                .description(input.description())
                .locationUri(input.locationUri())
                .parameters(input.parameters())
                .createTableDefaultPermissions(input.createTableDefaultPermissions())
                .createTime(created)
                .catalogId(account().id())
                .build();
    }
}
