package dev.feedline.snowflake.session;

import dev.feedline.snowflake.Parameter;
import dev.feedline.snowflake.Result;
import dev.feedline.snowflake.ResultColumn;
import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeException;
import dev.feedline.snowflake.StatementType;
import dev.feedline.snowflake.catalog.Users;
import dev.feedline.snowflake.catalog.Warehouses;
import dev.feedline.snowflake.sql.Command;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Users, roles and session parameters.
final class AccountStatements {
    private final Warehouse warehouse;

    AccountStatements(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    Result alter(Command.AlterUser alter) {
        if (alter.ifExists() && warehouse.users().find(alter.name()).isEmpty()) {
            return Ddl.status("Statement executed successfully.");
        }
        String name = warehouse.users().require(alter.name());
        alter.properties().forEach((property, value) -> warehouse.users().set(name, property, value));
        return Ddl.status("Statement executed successfully.");
    }

    Result describe(Command.DescribeUser describe) {
        String name = warehouse.users().require(describe.name());
        Map<String, String> set = warehouse.users().properties(name);
        ShowRows rows = new ShowRows("property", "value", "default", "description");
        rows.add("NAME", name, null, "Name");
        rows.add("LOGIN_NAME", name, null, "Login name of the user");
        rows.add("DEFAULT_ROLE", Users.ROLE, null, "Primary principal of user session will be set to this role");
        for (String property : Users.KEY_PROPERTIES) {
            Optional<String> key = Optional.ofNullable(set.get(property));
            rows.add(property, key.orElse(null), null, "RSA public key of the user");
            rows.add(
                    property.replace("KEY", "KEY_FP").replace("_FP_2", "_2_FP"),
                    key.map(Users::fingerprint).orElse(null),
                    null,
                    "Fingerprint of user's RSA public key.");
        }
        return rows.result(StatementType.DESCRIBE, Integer.MAX_VALUE);
    }

    Result users(Command.ShowUsers show) {
        Like like = new Like(show.filter());
        ShowRows rows = new ShowRows(
                "name",
                ShowRows.CREATED_ON,
                "login_name",
                "display_name",
                "disabled",
                "default_role",
                "owner",
                "comment",
                "has_password",
                "has_rsa_public_key");
        for (String name : warehouse.users().names()) {
            if (like.matches(name)) {
                rows.add(
                        name,
                        Instant.EPOCH,
                        name,
                        name,
                        "false",
                        Users.ROLE,
                        Users.ROLE,
                        "",
                        "true",
                        Boolean.toString(!warehouse.users().publicKeys(name).isEmpty()));
            }
        }
        return rows.result(StatementType.SHOW, show.filter().limit());
    }

    Result roles(Command.ShowRoles show) {
        Like like = new Like(show.filter());
        ShowRows rows = new ShowRows(
                ShowRows.CREATED_ON,
                "name",
                "is_default",
                "is_current",
                "is_inherited",
                "assigned_to_users",
                "granted_to_roles",
                "granted_roles",
                "owner",
                "comment");
        if (like.matches(Users.ROLE)) {
            rows.add(Instant.EPOCH, Users.ROLE, "Y", "Y", "N", "1", "0", "0", "", "");
        }
        return rows.result(StatementType.SHOW, show.filter().limit());
    }

    /// There are none of the user's; the columns are those that drivers read.
    static Result routines(Command.ShowRoutines show) {
        return new ShowRows(
                        ShowRows.CREATED_ON,
                        "name",
                        "schema_name",
                        "is_builtin",
                        "is_aggregate",
                        "is_ansi",
                        ResultColumn.number("min_num_arguments"),
                        ResultColumn.number("max_num_arguments"),
                        "arguments",
                        "description",
                        "catalog_name",
                        "is_table_function",
                        "valid_for_clustering",
                        "is_secure")
                .result(StatementType.SHOW, Integer.MAX_VALUE);
    }

    /// Those that were created, and the one that the session names; they have no effect, for the embedded warehouse is
    /// this process.
    Result warehouses(Command.ShowWarehouses show, String current) {
        Like like = new Like(show.filter());
        ShowRows rows = new ShowRows("name", "state", "type", "size", "is_default", "is_current", "owner", "comment");
        List<Warehouses.Stored> all = new ArrayList<>(warehouse.warehouses().all());
        if (all.stream().noneMatch(one -> one.name().equals(current))) {
            all.add(new Warehouses.Stored(current, false, Map.of(), Instant.EPOCH, ""));
        }
        all.sort(Comparator.comparing(Warehouses.Stored::name));
        for (Warehouses.Stored one : all) {
            if (like.matches(one.name())) {
                String isCurrent = one.name().equals(current) ? "Y" : "N";
                rows.add(
                        one.name(),
                        one.suspended() ? "SUSPENDED" : "STARTED",
                        one.properties().getOrDefault("WAREHOUSE_TYPE", "STANDARD"),
                        size(one.properties().getOrDefault("WAREHOUSE_SIZE", "X-Small")),
                        isCurrent,
                        isCurrent,
                        Users.ROLE,
                        one.comment());
            }
        }
        return rows.result(StatementType.SHOW, show.filter().limit());
    }

    /// `XSMALL` and `X-Small` are one.
    private static String size(String written) {
        String plain = written.toUpperCase(Locale.ROOT).replace("-", "");
        return switch (plain) {
            case "XSMALL" -> "X-Small";
            case "SMALL" -> "Small";
            case "MEDIUM" -> "Medium";
            case "LARGE" -> "Large";
            case "XLARGE" -> "X-Large";
            default -> written;
        };
    }

    Result create(Command.CreateWarehouse create) {
        boolean there = warehouse.warehouses().find(create.name()).isPresent();
        if (there && create.existing() == Command.Existing.KEEP) {
            return Ddl.alreadyExists(create.name());
        }
        if (there) {
            Ddl.refuseExisting(create.existing(), "Object", create.name());
        }
        warehouse.warehouses().create(create.name(), create.properties(), create.comment());
        return Ddl.status("Warehouse " + create.name() + " successfully created.");
    }

    Result alter(Command.AlterWarehouse alter) {
        Optional<Warehouses.Stored> found = warehouse.warehouses().find(alter.name());
        if (found.isPresent()) {
            Warehouses.Stored before = found.get();
            Map<String, String> properties = new TreeMap<>(before.properties());
            alter.properties().forEach((name, value) -> {
                properties.remove(name);
                value.ifPresent(text -> properties.put(name, text));
            });
            boolean commented = alter.properties().containsKey("COMMENT");
            String comment = Optional.ofNullable(properties.remove("COMMENT")).orElse("");
            warehouse
                    .warehouses()
                    .put(new Warehouses.Stored(
                            before.name(),
                            alter.suspended().orElse(before.suspended()),
                            properties,
                            before.createdOn(),
                            commented ? comment : before.comment()));
        } else if (!alter.ifExists()) {
            throw missing(alter.name());
        }
        return Ddl.status("Statement executed successfully.");
    }

    Result drop(Command.DropWarehouse drop) {
        if (warehouse.warehouses().find(drop.name()).isEmpty()) {
            if (!drop.ifExists()) {
                throw missing(drop.name());
            }
            return Ddl.status("Drop statement executed successfully (" + drop.name() + " already dropped).");
        }
        warehouse.warehouses().drop(drop.name());
        return Ddl.status(drop.name() + " successfully dropped.");
    }

    private static SnowflakeException missing(String name) {
        return SnowflakeError.OBJECT_NOT_FOUND.with("Warehouse '" + name + "' does not exist or not authorized.");
    }

    Result parameters(Command.ShowParameters show, SessionParameters parameters) {
        Like like = new Like(show.like());
        ShowRows rows = new ShowRows("key", "value", "default", "level", "description", "type");
        parameters.values().forEach((name, value) -> {
            if (like.matches(name)) {
                Parameter parameter = Parameter.named(name).orElseThrow();
                rows.add(
                        name,
                        value.toString(),
                        parameter.defaultValue().toString(),
                        parameters.isSet(name) ? "SESSION" : "",
                        parameter.description(),
                        parameter.type());
            }
        });
        return rows.result(StatementType.SHOW, Integer.MAX_VALUE);
    }
}
