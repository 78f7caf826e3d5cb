package dev.feedline.snowflake.session;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.catalog.ColumnInfo;
import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.catalog.SchemaName;
import dev.feedline.snowflake.catalog.StoredObject;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.engine.DuckDbErrors;
import dev.feedline.snowflake.sql.CommandParser;
import dev.feedline.snowflake.sql.CommentText;
import dev.feedline.snowflake.sql.ObjectKind;
import dev.feedline.snowflake.sql.ObjectName;
import dev.feedline.snowflake.sql.Quoting;
import dev.feedline.snowflake.sql.TableTraits;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// GET_DDL: the statement that would make an object again.
///
/// Source: docs.snowflake.com/en/sql-reference/functions/get_ddl.
final class ObjectText {
    private final Warehouse warehouse;
    private final SessionState state;

    ObjectText(Warehouse warehouse, SessionState state) {
        this.warehouse = warehouse;
        this.state = state;
    }

    String of(String type, String written) {
        try {
            switch (type.toUpperCase(Locale.ROOT)) {
                case "SCHEMA" -> {
                    return schema(state.scope().resolveSchema(CommandParser.name(written)));
                }
                case "DATABASE" -> {
                    return database(CommandParser.name(written).last());
                }
                default -> {}
            }
            ObjectName object = CommandParser.name(written);
            Qualified name = state.scope().resolve(object);
            warehouse.databases().require(name.database());
            return switch (type.toUpperCase(Locale.ROOT)) {
                case "TABLE" -> table(warehouse.tables().requireTable(state.duck(), state.table(object)));
                case "VIEW" -> view(warehouse.tables().require(state.duck(), state.table(object)));
                case "PIPE" -> stored(ObjectKind.PIPE, name);
                case "FILE_FORMAT" -> stored(ObjectKind.FILE_FORMAT, name);
                case "STAGE" -> stored(ObjectKind.STAGE, name);
                case "SEQUENCE" -> stored(ObjectKind.SEQUENCE, name);
                default -> throw SnowflakeError.unsupported("GET_DDL of a " + type);
            };
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }

    /// A database and all that lies in it.
    private String database(String name) throws SQLException {
        StringBuilder text = new StringBuilder("create or replace database " + Quoting.readable(name)
                + property(warehouse.databases().require(name).comment()) + ";\n\n");
        for (String schema : warehouse.tables().schemas(state.duck(), name)) {
            text.append(schema(new SchemaName(name, schema))).append("\n");
        }
        return text.toString();
    }

    /// A schema and all that lies in it: what others name first.
    private String schema(SchemaName name) throws SQLException {
        warehouse.databases().require(name.database());
        warehouse.tables().requireSchema(state.duck(), name);
        StringBuilder text = new StringBuilder("create or replace schema " + Quoting.readable(name.schema())
                + property(warehouse.objects().schemaComment(state.duck(), name)) + ";\n");
        Optional<String> schema = Optional.of(name.schema());
        for (ObjectKind kind : List.of(ObjectKind.FILE_FORMAT, ObjectKind.SEQUENCE, ObjectKind.STAGE)) {
            for (StoredObject object : warehouse.objects().list(state.duck(), kind, name.database(), schema)) {
                text.append("\n").append(text(object)).append("\n");
            }
        }
        for (TableInfo table : warehouse.tables().list(state.duck(), name.database(), schema)) {
            text.append("\n").append(table.view() ? view(table) : table(table)).append("\n");
        }
        for (StoredObject object : warehouse.objects().list(state.duck(), ObjectKind.PIPE, name.database(), schema)) {
            text.append("\n").append(text(object)).append("\n");
        }
        return text.toString();
    }

    private static String table(TableInfo table) {
        List<String> lines = new ArrayList<>();
        for (ColumnInfo column : table.columns()) {
            lines.add(Quoting.readable(column.name()) + " " + column.type().sql()
                    + (column.nullable() ? "" : " NOT NULL")
                    + column.defaultValue()
                            .map(value -> " DEFAULT " + value.shown())
                            .orElse("")
                    + column.identity()
                            .map(one -> " "
                                    + one.replace("IDENTITY", "autoincrement")
                                            .replace("START", "start")
                                            .replace("INCREMENT", "increment")
                                            .replace("NOORDER", "noorder")
                                            .replace("ORDER", "order"))
                            .orElse("")
                    + comment(column.comment()));
        }
        for (TableTraits.Constraint constraint : table.traits().constraints()) {
            lines.add(constraint(constraint));
        }
        String cluster = table.traits().clusterBy().isEmpty()
                ? ""
                : "cluster by (" + table.traits().clusterBy() + ")";
        String properties = ((table.schemaEvolution() ? " ENABLE_SCHEMA_EVOLUTION = true" : "")
                        + property(table.comment()))
                .stripLeading();
        return "create or replace " + kind(table) + "TABLE "
                + Quoting.readable(table.name().name()) + " "
                + (cluster.isEmpty() ? "" : cluster)
                + lines.stream().collect(Collectors.joining(",\n\t", "(\n\t", "\n)"))
                + properties + ";";
    }

    private static String kind(TableInfo table) {
        return table.name().temporary() ? "TEMPORARY " : table.traits().isTransient() ? "TRANSIENT " : "";
    }

    private static String constraint(TableTraits.Constraint constraint) {
        String columns = columns(constraint.columns());
        String name = constraint
                .name()
                .map(one -> "constraint " + Quoting.readable(one) + " ")
                .orElse("");
        return name
                + switch (constraint.kind()) {
                    case PRIMARY -> "primary key " + columns;
                    case UNIQUE -> "unique " + columns;
                    case FOREIGN ->
                        "foreign key " + columns + " references "
                                + constraint.references().map(Object::toString).orElse("")
                                + (constraint.referencedColumns().isEmpty()
                                        ? ""
                                        : columns(constraint.referencedColumns()));
                };
    }

    private static String columns(List<String> names) {
        return names.stream().map(Quoting::readable).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String view(TableInfo view) {
        if (!view.view()) {
            throw SnowflakeError.INVALID_VALUE.with("Object '" + view.name() + "' is not a VIEW.");
        }
        String columns = view.columns().stream()
                .map(column -> Quoting.readable(column.name()) + comment(column.comment()))
                .collect(Collectors.joining(",\n\t", "(\n\t", "\n)"));
        return "create or replace " + (view.traits().secure() ? "secure " : "")
                + (view.name().temporary() ? "temporary " : "") + "view "
                + Quoting.readable(view.name().name()) + columns
                + (view.comment().isEmpty() ? "" : " COMMENT=" + Quoting.literal(view.comment())) + " as " + view.text()
                + ";";
    }

    private String stored(ObjectKind kind, Qualified name) throws SQLException {
        return text(warehouse.objects().require(state.duck(), kind, name));
    }

    private static String property(String comment) {
        return comment.isEmpty() ? "" : " COMMENT=" + Quoting.literal(comment);
    }

    /// As it was written, with the comment it has now.
    private static String text(StoredObject object) {
        return CommentText.with(object.definition(), object.comment()) + ";";
    }

    private static String comment(String text) {
        return text.isEmpty() ? "" : " COMMENT " + Quoting.literal(text);
    }
}
