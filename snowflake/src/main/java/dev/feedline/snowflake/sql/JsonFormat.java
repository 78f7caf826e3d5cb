package dev.feedline.snowflake.sql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How JSON is read.
///
/// @param trimSpace and `nullIf` of strings that go into columns of their own
/// @param allowDuplicate whether a name may come twice in an object (the last one counts)
/// @param stripOuterArray whether the elements of an outer array are the rows
/// @param stripNullValues whether fields and elements that are null are left out
public record JsonFormat(
        Compression compression,
        DateFormats dates,
        BinaryFormat binary,
        boolean trimSpace,
        List<String> nullIf,
        boolean allowDuplicate,
        boolean stripOuterArray,
        boolean stripNullValues,
        boolean replaceInvalidCharacters)
        implements FileFormat {
    public JsonFormat {
        nullIf = List.copyOf(nullIf);
    }

    @Override
    public Type type() {
        return Type.JSON;
    }

    @Override
    public Map<String, Object> options() {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("TYPE", "JSON");
        options.put("COMPRESSION", compression.name());
        dates.options(options);
        options.put("BINARY_FORMAT", binary.name());
        options.put("TRIM_SPACE", trimSpace);
        options.put("NULL_IF", nullIf);
        options.put("ALLOW_DUPLICATE", allowDuplicate);
        options.put("STRIP_OUTER_ARRAY", stripOuterArray);
        options.put("STRIP_NULL_VALUES", stripNullValues);
        options.put("REPLACE_INVALID_CHARACTERS", replaceInvalidCharacters);
        return options;
    }
}
