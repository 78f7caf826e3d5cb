package dev.feedline.glue.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

/// What of a table is searched.
final class TableFields {
    private TableFields() {}

    static boolean isTime(String field) {
        return switch (field.toLowerCase(Locale.ROOT)) {
            case "createtime", "updatetime", "lastaccesstime", "lastanalyzedtime" -> true;
            default -> false;
        };
    }

    static Optional<Instant> time(Table table, String field) {
        return Optional.ofNullable(
                switch (field.toLowerCase(Locale.ROOT)) {
                    case "createtime" -> table.createTime();
                    case "updatetime" -> table.updateTime();
                    case "lastaccesstime" -> table.lastAccessTime();
                    case "lastanalyzedtime" -> table.lastAnalyzedTime();
                    default -> throw new IllegalArgumentException(field + " is no time of a table");
                });
    }

    /// The texts under a name: a member of the table, the names or types of its columns, or one of its parameters.
    static List<String> texts(Table table, String field) {
        StorageDescriptor storage = storage(table);
        return switch (field.toLowerCase(Locale.ROOT)) {
            case "name" -> said(table.name());
            case "databasename" -> said(table.databaseName());
            case "description" -> said(table.description());
            case "owner" -> said(table.owner());
            case "tabletype" -> said(table.tableType());
            case "location" -> said(storage.location());
            case "columnname" -> columns(table).map(Column::name).toList();
            case "columntype" ->
                columns(table).flatMap(column -> said(column.type()).stream()).toList();
            default ->
                table.parameters().entrySet().stream()
                        .filter(parameter -> parameter.getKey().equalsIgnoreCase(field))
                        .map(Map.Entry::getValue)
                        .toList();
        };
    }

    /// Everything that a search for a text looks at.
    static List<String> all(Table table) {
        List<String> all = new ArrayList<>();
        for (String field : List.of("name", "databasename", "description", "owner", "tabletype", "location")) {
            all.addAll(texts(table, field));
        }
        columns(table).forEach(column -> {
            all.addAll(said(column.name()));
            all.addAll(said(column.type()));
            all.addAll(said(column.comment()));
        });
        table.parameters().forEach((name, value) -> all.addAll(List.of(name, value)));
        return all;
    }

    private static Stream<Column> columns(Table table) {
        return Stream.concat(storage(table).columns().stream(), table.partitionKeys().stream());
    }

    private static StorageDescriptor storage(Table table) {
        StorageDescriptor storage = table.storageDescriptor();
        return storage == null ? StorageDescriptor.builder().build() : storage;
    }

    private static List<String> said(@Nullable String text) {
        return text == null ? List.of() : List.of(text);
    }
}
