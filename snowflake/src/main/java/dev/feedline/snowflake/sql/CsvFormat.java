package dev.feedline.snowflake.sql;

import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How delimited text is read.
///
/// @param recordDelimiter what ends a record; a line feed stands for every kind of line end, empty for none
/// @param fieldDelimiter what parts the fields; empty for none
/// @param skipHeader lines left out at the beginning
/// @param parseHeader whether the first line names the columns
/// @param dates how dates and times are written
/// @param escape in enclosed fields, and in all others when it is set
/// @param escapeUnenclosed in fields that are not enclosed
public record CsvFormat(
        Compression compression,
        Optional<String> recordDelimiter,
        Optional<String> fieldDelimiter,
        int skipHeader,
        boolean parseHeader,
        boolean skipBlankLines,
        DateFormats dates,
        BinaryFormat binary,
        Optional<Character> escape,
        Optional<Character> escapeUnenclosed,
        boolean trimSpace,
        Optional<Character> enclosedBy,
        List<String> nullIf,
        boolean errorOnColumnCountMismatch,
        boolean replaceInvalidCharacters,
        boolean emptyFieldAsNull,
        boolean skipByteOrderMark,
        String encoding)
        implements FileFormat {
    public CsvFormat {
        nullIf = List.copyOf(nullIf);
    }

    public Charset charset() {
        return FormatParser.javaCharset(encoding);
    }

    @Override
    public Type type() {
        return Type.CSV;
    }

    @Override
    public Map<String, Object> options() {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("TYPE", "CSV");
        options.put("RECORD_DELIMITER", recordDelimiter.orElse("NONE"));
        options.put("FIELD_DELIMITER", fieldDelimiter.orElse("NONE"));
        options.put("SKIP_HEADER", skipHeader);
        options.put("PARSE_HEADER", parseHeader);
        dates.options(options);
        options.put("BINARY_FORMAT", binary.name());
        options.put("ESCAPE", text(escape));
        options.put("ESCAPE_UNENCLOSED_FIELD", text(escapeUnenclosed));
        options.put("TRIM_SPACE", trimSpace);
        options.put("FIELD_OPTIONALLY_ENCLOSED_BY", text(enclosedBy));
        options.put("NULL_IF", nullIf);
        options.put("COMPRESSION", compression.name());
        options.put("ERROR_ON_COLUMN_COUNT_MISMATCH", errorOnColumnCountMismatch);
        options.put("SKIP_BLANK_LINES", skipBlankLines);
        options.put("REPLACE_INVALID_CHARACTERS", replaceInvalidCharacters);
        options.put("EMPTY_FIELD_AS_NULL", emptyFieldAsNull);
        options.put("SKIP_BYTE_ORDER_MARK", skipByteOrderMark);
        options.put("ENCODING", encoding);
        return options;
    }

    private static String text(Optional<Character> character) {
        return character.map(String::valueOf).orElse("NONE");
    }
}
