package dev.feedline.snowflake.session;

import dev.feedline.snowflake.Parameter;
import dev.feedline.snowflake.Result;
import dev.feedline.snowflake.ResultColumn;
import dev.feedline.snowflake.StatementType;
import dev.feedline.snowflake.catalog.Users;
import dev.feedline.snowflake.sql.Command;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

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
        Like like = new Like(show.like(), Optional.empty());
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
        return rows.result(StatementType.SHOW, Integer.MAX_VALUE);
    }

    Result roles(Command.ShowRoles show) {
        Like like = new Like(show.like(), Optional.empty());
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
        return rows.result(StatementType.SHOW, Integer.MAX_VALUE);
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

    /// The one that the session names; it has no effect, for the embedded warehouse is this process.
    static Result warehouses(Command.ShowWarehouses show, String current) {
        Like like = new Like(show.like(), Optional.empty());
        ShowRows rows = new ShowRows("name", "state", "type", "size", "is_default", "is_current", "owner", "comment");
        if (like.matches(current)) {
            rows.add(current, "STARTED", "STANDARD", "X-Small", "Y", "Y", Users.ROLE, "");
        }
        return rows.result(StatementType.SHOW, Integer.MAX_VALUE);
    }

    Result parameters(Command.ShowParameters show, SessionParameters parameters) {
        Like like = new Like(show.like(), Optional.empty());
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
