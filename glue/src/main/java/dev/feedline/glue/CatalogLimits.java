package dev.feedline.glue;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.TableInput;

/// How long what the catalog keeps may be, in bytes of UTF-8:
/// https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog-tables.html
final class CatalogLimits {
    private static final int LONGEST_DESCRIPTION_BYTES = 2_048;
    private static final int LONGEST_LOCATION_BYTES = 2_056;
    private static final int LONGEST_FORMAT_BYTES = 128;
    private static final int LONGEST_NAME_BYTES = 255;
    private static final int LONGEST_COLUMN_TYPE_BYTES = 131_072;
    private static final int LONGEST_PARAMETER_BYTES = 512_000;
    private static final int LONGEST_VIEW_BYTES = 409_600;
    private static final int LONGEST_PARTITION_VALUE_BYTES = 1_024;

    private CatalogLimits() {}

    static void check(TableInput table) {
        CatalogMembers.requireKept(table);
        requireShort("Description", table.description(), LONGEST_DESCRIPTION_BYTES);
        requireShort("Owner", table.owner(), LONGEST_NAME_BYTES);
        requireShort("ViewOriginalText", table.viewOriginalText(), LONGEST_VIEW_BYTES);
        requireShort("ViewExpandedText", table.viewExpandedText(), LONGEST_VIEW_BYTES);
        requireShort("TableType", table.tableType(), LONGEST_NAME_BYTES);
        if (table.retention() != null && table.retention() < 0) {
            throw GlueError.INVALID_INPUT.because("Retention must not be negative: " + table.retention());
        }
        checkColumns("PartitionKeys", table.partitionKeys());
        checkParameters(table.parameters());
        check(table.storageDescriptor());
    }

    static void check(PartitionInput partition) {
        CatalogMembers.requireKept(partition);
        checkValues(partition.values());
        checkParameters(partition.parameters());
        check(partition.storageDescriptor());
    }

    static void checkValues(Collection<String> values) {
        values.forEach(value -> requireShort("A partition value", value, LONGEST_PARTITION_VALUE_BYTES));
    }

    static void checkDescription(@Nullable String description) {
        requireShort("Description", description, LONGEST_DESCRIPTION_BYTES);
    }

    static void checkParameters(Map<String, String> parameters) {
        parameters.forEach((name, value) -> {
            if (name.isEmpty()) {
                throw GlueError.INVALID_INPUT.because("A parameter's name must not be empty");
            }
            requireShort("A parameter's name", name, LONGEST_NAME_BYTES);
            requireShort("Parameter " + name, value, LONGEST_PARAMETER_BYTES);
        });
    }

    static void requireShort(String what, @Nullable String text, int longestBytes) {
        int bytes = text == null ? 0 : Utf8.bytes(what, text);
        if (bytes > longestBytes) {
            throw GlueError.INVALID_INPUT.because(what + " must have at most " + longestBytes + " bytes, not " + bytes);
        }
    }

    static void requireAtMost(String what, Collection<?> given, int most) {
        if (given.size() > most) {
            throw GlueError.INVALID_INPUT.because(
                    what + " must have at most " + most + " entries, not " + given.size());
        }
    }

    private static void check(@Nullable StorageDescriptor storage) {
        if (storage == null) {
            return;
        }
        requireShort("Location", storage.location(), LONGEST_LOCATION_BYTES);
        storage.additionalLocations()
                .forEach(location -> requireShort("AdditionalLocations", location, LONGEST_LOCATION_BYTES));
        requireShort("InputFormat", storage.inputFormat(), LONGEST_FORMAT_BYTES);
        requireShort("OutputFormat", storage.outputFormat(), LONGEST_FORMAT_BYTES);
        checkColumns("Columns", storage.columns());
        checkParameters(storage.parameters());
        if (storage.serdeInfo() != null) {
            requireShort("SerdeInfo.Name", storage.serdeInfo().name(), LONGEST_NAME_BYTES);
            requireShort("SerializationLibrary", storage.serdeInfo().serializationLibrary(), LONGEST_NAME_BYTES);
            checkParameters(storage.serdeInfo().parameters());
        }
    }

    private static void checkColumns(String member, List<Column> columns) {
        for (Column one : columns) {
            Column column = Names.required(member, one);
            Names.checked(member + ".Name", column.name());
            requireShort(member + ".Type", column.type(), LONGEST_COLUMN_TYPE_BYTES);
            requireShort(member + ".Comment", column.comment(), LONGEST_NAME_BYTES);
            checkParameters(column.parameters());
        }
    }
}
