package dev.feedline.snowflake.session;

import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.ColumnDefinition;
import dev.feedline.snowflake.sql.DefaultValue;
import dev.feedline.snowflake.sql.ObjectName;
import dev.feedline.snowflake.sql.Translator;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Tables by the names that statements give them, and their columns as statements define them.
///
/// @param permanent translates what outlives the session
record TableLookup(Warehouse warehouse, SessionState state, Translator translator, Translator permanent) {
    Translator translator(boolean temporary) {
        return temporary ? translator : permanent;
    }

    Duck duck() {
        return state.duck();
    }

    Optional<TableInfo> find(ObjectName written, boolean ifExists) throws SQLException {
        Qualified name = existing(written);
        return ifExists
                ? warehouse.tables().find(duck(), name)
                : Optional.of(warehouse.tables().requireTable(duck(), name));
    }

    /// What a statement means that does not create it: the session's own table of that name, if there is one.
    Qualified existing(ObjectName written) throws SQLException {
        Qualified name = resolve(written);
        return state.temporary().contains(name.ofSession()) ? name.ofSession() : name;
    }

    Qualified resolve(ObjectName written, boolean temporary) throws SQLException {
        return temporary ? resolve(written).ofSession() : resolve(written);
    }

    Qualified resolve(ObjectName written) throws SQLException {
        Qualified name = state.scope().resolve(written);
        warehouse.databases().require(name.database());
        warehouse.tables().requireSchema(duck(), name.in());
        return name;
    }

    /// A free name beside a table.
    Qualified aside(Qualified table) {
        return table.beside("_swap." + warehouse.ground().ids().hex(16));
    }

    List<ColumnDefinition> translated(List<ColumnDefinition> columns) {
        return columns.stream()
                .map(column -> new ColumnDefinition(
                        column.name(),
                        column.type(),
                        column.nullable(),
                        column.defaultValue().map(this::translated),
                        column.identity(),
                        column.comment()))
                .toList();
    }

    private DefaultValue translated(DefaultValue value) {
        String shown = value.sequence()
                .map(name -> DefaultValue.ofSequence(state.scope().resolve(name)))
                .orElse(value.shown());
        return new DefaultValue(shown, translator.expression(value.expression()));
    }

    /// The columns of a table that is there, but for AUTOINCREMENT.
    static List<ColumnDefinition> definitions(TableInfo table) {
        return table.columns().stream()
                .map(column -> new ColumnDefinition(
                        column.name(), column.type(), column.nullable(), column.defaultValue(), column.comment()))
                .toList();
    }
}
