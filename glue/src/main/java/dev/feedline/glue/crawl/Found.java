package dev.feedline.glue.crawl;

import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What one or more files hold.
///
/// @param columns by their names as the files write them, in the order they were first seen
/// @param records how many, as far as it was read; estimated for what was not
/// @param bytes of the objects
public record Found(FileFormat format, Map<String, ColumnType> columns, long records, long bytes, long objects) {
    /// "70 percent": https://repost.aws/knowledge-center/glue-crawler-multiple-tables
    private static final double SIMILAR = 0.7;

    /// Whether both belong into one table: the same format, and most columns of the one with fewer are the
    /// other's, too. CSV is read by position: there the columns of the one with fewer must be the other's
    /// first ones.
    ///
    /// @param whateverColumns whether the format is enough, but for CSV
    boolean goesWith(Found other, boolean whateverColumns) {
        if (!format.goesWith(other.format)) {
            return false;
        }
        return format.kind() == FileFormat.Kind.CSV ? isBeginning(other) : whateverColumns || isSimilar(other);
    }

    /// The same with equal columns that are there already.
    Found of(Map<String, ColumnType> same) {
        return new Found(format, same, records, bytes, objects);
    }

    Found and(Found other) {
        FileFormat.Csv csv = new FileFormat.Csv(
                format.csv().delimiter(),
                format.csv().hasHeader(),
                format.csv().isQuoted() || other.format.csv().isQuoted());
        return new Found(
                new FileFormat(format.kind(), csv, format.isGzip()),
                columns.equals(other.columns) ? columns : ColumnType.commonColumns(columns, other.columns),
                records + other.records,
                bytes + other.bytes,
                objects + other.objects);
    }

    /// With files that are there and were not looked into.
    Found andUnread(long moreBytes, long moreObjects) {
        double recordsPerByte = bytes == 0 ? 0 : (double) records / bytes;
        return new Found(
                format,
                columns,
                records + Math.round(moreBytes * recordsPerByte),
                bytes + moreBytes,
                objects + moreObjects);
    }

    private boolean isSimilar(Found other) {
        Set<String> names = names(columns);
        Set<String> others = names(other.columns);
        int fewer = Math.min(names.size(), others.size());
        long both = names.stream().filter(others::contains).count();
        return both >= SIMILAR * fewer;
    }

    private boolean isBeginning(Found other) {
        Iterator<String> names = columns.keySet().iterator();
        Iterator<String> others = other.columns.keySet().iterator();
        while (names.hasNext() && others.hasNext()) {
            if (!lower(names.next()).equals(lower(others.next()))) {
                return false;
            }
        }
        return true;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static Set<String> names(Map<String, ColumnType> columns) {
        return columns.keySet().stream().map(Found::lower).collect(Collectors.toSet());
    }
}
