package dev.feedline.glue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.TableInput;

/// What of a table and of a partition the catalog keeps; the rest is refused by its name.
final class CatalogMembers {
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

    private CatalogMembers() {}

    static void requireKept(TableInput table) {
        Names.requireOnly(TABLE, table);
    }

    static void requireKept(PartitionInput partition) {
        Names.requireOnly(PARTITION, partition);
    }

    private static Set<String> with(String storage, String... own) {
        Set<String> members = new HashSet<>(List.of(own));
        STORAGE.forEach(member -> members.add(storage + member));
        return members;
    }
}
