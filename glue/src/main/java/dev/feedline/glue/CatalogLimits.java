package dev.feedline.glue;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.TableInput;

/// How long what the catalog keeps may be, and what of it is kept:
/// https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog-tables.html
final class CatalogLimits {
    private static final int LONGEST_DESCRIPTION = 2_048;
    private static final int LONGEST_LOCATION = 2_056;
    private static final int LONGEST_FORMAT = 128;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_COLUMN_TYPE = 131_072;
    private static final int LONGEST_PARAMETER = 512_000;
    private static final int LONGEST_VIEW = 409_600;
    private static final int LONGEST_PARTITION_VALUE = 1_024;

    private static final Set<String> STORAGE = Set.of(
            "Columns",
            "Location",
            "AdditionalLocations",
            "InputFormat",
            "OutputFormat",
            "Compressed",
            "NumberOfBuckets",
            "SerdeInfo",
            "BucketColumns",
            "SortColumns",
            "Parameters",
            "SkewedInfo",
            "StoredAsSubDirectories");
    private static final Set<String> TABLE = with(
            "StorageDescriptor.",
            "Name",
            "Description",
            "Owner",
            "LastAccessTime",
            "LastAnalyzedTime",
            "Retention",
            "PartitionKeys",
            "ViewOriginalText",
            "ViewExpandedText",
            "TableType",
            "Parameters");
    private static final Set<String> PARTITION =
            with("StorageDescriptor.", "Values", "LastAccessTime", "LastAnalyzedTime", "Parameters");

    private CatalogLimits() {}

    static void check(TableInput table) {
        Names.requireOnly(TABLE, table);
        requireShort("Description", table.description(), LONGEST_DESCRIPTION);
        requireShort("Owner", table.owner(), LONGEST_NAME);
        requireShort("ViewOriginalText", table.viewOriginalText(), LONGEST_VIEW);
        requireShort("ViewExpandedText", table.viewExpandedText(), LONGEST_VIEW);
        requireShort("TableType", table.tableType(), LONGEST_NAME);
        if (table.retention() != null && table.retention() < 0) {
            throw GlueError.INVALID_INPUT.because("Retention must not be negative: " + table.retention());
        }
        checkColumns("PartitionKeys", table.partitionKeys());
        checkParameters(table.parameters());
        check(table.storageDescriptor());
    }

    static void check(PartitionInput partition) {
        Names.requireOnly(PARTITION, partition);
        checkValues(partition.values());
        checkParameters(partition.parameters());
        check(partition.storageDescriptor());
    }

    static void checkValues(Collection<String> values) {
        values.forEach(value -> requireShort("A partition value", value, LONGEST_PARTITION_VALUE));
    }

    static void checkDescription(@Nullable String description) {
        requireShort("Description", description, LONGEST_DESCRIPTION);
    }

    static void checkParameters(Map<String, String> parameters) {
        parameters.forEach((name, value) -> {
            if (name.isEmpty()) {
                throw GlueError.INVALID_INPUT.because("A parameter's name must not be empty");
            }
            requireShort("A parameter's name", name, LONGEST_NAME);
            requireShort("Parameter " + name, value, LONGEST_PARAMETER);
        });
    }

    static void requireShort(String what, @Nullable String text, int longest) {
        if (text != null && text.codePointCount(0, text.length()) > longest) {
            throw GlueError.INVALID_INPUT.because(
                    what + " must have at most " + longest + " characters, not " + text.length());
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
        requireShort("Location", storage.location(), LONGEST_LOCATION);
        storage.additionalLocations()
                .forEach(location -> requireShort("AdditionalLocations", location, LONGEST_LOCATION));
        requireShort("InputFormat", storage.inputFormat(), LONGEST_FORMAT);
        requireShort("OutputFormat", storage.outputFormat(), LONGEST_FORMAT);
        checkColumns("Columns", storage.columns());
        checkParameters(storage.parameters());
        if (storage.serdeInfo() != null) {
            requireShort("SerdeInfo.Name", storage.serdeInfo().name(), LONGEST_NAME);
            requireShort("SerializationLibrary", storage.serdeInfo().serializationLibrary(), LONGEST_NAME);
            checkParameters(storage.serdeInfo().parameters());
        }
    }

    private static void checkColumns(String member, List<Column> columns) {
        for (Column column : columns) {
            Names.checked(member + ".Name", column.name());
            requireShort(member + ".Type", column.type(), LONGEST_COLUMN_TYPE);
            requireShort(member + ".Comment", column.comment(), LONGEST_NAME);
            checkParameters(column.parameters());
        }
    }

    private static Set<String> with(String storage, String... own) {
        Set<String> members = new HashSet<>(List.of(own));
        STORAGE.forEach(member -> members.add(storage + member));
        return members;
    }

    /// Refuses what of a request is not honoured, a time of the past to look at the catalog among it.
    static void requireOnly(SdkPojo request, String... honoured) {
        Names.requireOnly(Set.of(honoured), request);
    }
}
