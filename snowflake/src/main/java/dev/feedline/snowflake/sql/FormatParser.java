package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.sql.FileFormat.Compression;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `FILE_FORMAT = (…)` and the options of CREATE FILE FORMAT.
final class FormatParser {
    private static final Set<Compression> TEXT_COMPRESSIONS = EnumSet.complementOf(EnumSet.of(Compression.SNAPPY));
    private static final Set<Compression> PARQUET_COMPRESSIONS =
            EnumSet.of(Compression.AUTO, Compression.SNAPPY, Compression.NONE);
    private static final List<String> NULL_IF = List.of("\\N");
    private static final int MOST_SKIPPED_LINES = 1_000_000;

    /// Snowflake's names of character sets, where Java has others.
    private static final Map<String, String> CHARSETS = Map.of(
            "UTF8",
            "UTF-8",
            "UTF16",
            "UTF-16",
            "UTF16BE",
            "UTF-16BE",
            "UTF16LE",
            "UTF-16LE",
            "UTF32",
            "UTF-32",
            "EUCJP",
            "EUC-JP",
            "EUCKR",
            "EUC-KR",
            "SHIFTJIS",
            "Shift_JIS",
            "KOI8R",
            "KOI8-R");

    private final Tokens tokens;
    private final FormatOptions options = new FormatOptions();

    FormatParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /// After `FILE_FORMAT =`: a name, a string, or options in brackets.
    static FormatChoice choice(Tokens tokens) {
        if (tokens.peek().kind() == Token.Kind.STRING) {
            return new FormatChoice.Named(new Tokens(tokens.string()).name());
        }
        if (!tokens.acceptSymbol("(")) {
            return new FormatChoice.Named(tokens.name());
        }
        FormatChoice choice;
        if (tokens.accept("FORMAT_NAME")) {
            tokens.expectSymbol("=");
            choice = new FormatChoice.Named(
                    tokens.peek().kind() == Token.Kind.STRING ? new Tokens(tokens.string()).name() : tokens.name());
            if (!tokens.atSymbol(")")) {
                throw SnowflakeError.unsupported("FORMAT_NAME together with other options of FILE_FORMAT");
            }
        } else {
            FormatParser parser = new FormatParser(tokens);
            while (!tokens.atSymbol(")")) {
                parser.option();
                tokens.acceptSymbol(",");
            }
            choice = new FormatChoice.Inline(parser.format());
        }
        tokens.expectSymbol(")");
        return choice;
    }

    /// Reads one `OPTION = value`.
    void option() {
        String option = tokens.identifier();
        tokens.expectSymbol("=");
        options.put(option, value());
    }

    private FormatOptions.Value value() {
        if (tokens.acceptSymbol("(")) {
            List<String> list = new ArrayList<>();
            while (!tokens.acceptSymbol(")")) {
                list.add(tokens.string());
                tokens.acceptSymbol(",");
            }
            return new FormatOptions.Value("", Optional.of(list));
        }
        String word = switch (tokens.peek().kind()) {
            case STRING -> tokens.string();
            case NUMBER -> String.valueOf(tokens.integer());
            case WORD, QUOTED, DOLLAR, STAGE, SYMBOL, END -> tokens.identifier();
        };
        return new FormatOptions.Value(word, Optional.empty());
    }

    FileFormat format() {
        FileFormat.Type type = options.type();
        FileFormat format = switch (type) {
            case CSV -> csvFormat();
            case JSON -> jsonFormat();
            case PARQUET -> parquetFormat();
        };
        options.end(type);
        return format;
    }

    private CsvFormat csvFormat() {
        options.only("MULTI_LINE", true);
        CsvFormat format = new CsvFormat(
                options.compression(TEXT_COMPRESSIONS),
                options.delimiter("RECORD_DELIMITER", "\n"),
                options.delimiter("FIELD_DELIMITER", ","),
                options.number("SKIP_HEADER"),
                options.bool("PARSE_HEADER", false),
                options.bool("SKIP_BLANK_LINES", false),
                options.dates(),
                options.binary(),
                options.character("ESCAPE", Optional.empty()),
                options.character("ESCAPE_UNENCLOSED_FIELD", Optional.of('\\')),
                options.bool("TRIM_SPACE", false),
                options.character("FIELD_OPTIONALLY_ENCLOSED_BY", Optional.empty()),
                options.texts("NULL_IF", NULL_IF),
                options.bool("ERROR_ON_COLUMN_COUNT_MISMATCH", true),
                options.bool("REPLACE_INVALID_CHARACTERS", false),
                options.bool("EMPTY_FIELD_AS_NULL", true),
                options.bool("SKIP_BYTE_ORDER_MARK", true),
                charset(options.text("ENCODING", "UTF8").toUpperCase(Locale.ROOT)));
        if (format.parseHeader() && format.skipHeader() > 0) {
            throw SnowflakeError.INVALID_VALUE.with("SKIP_HEADER cannot be used with PARSE_HEADER = TRUE.");
        }
        if (format.skipHeader() > MOST_SKIPPED_LINES) {
            throw SnowflakeError.INVALID_VALUE.with("SKIP_HEADER may be at most " + MOST_SKIPPED_LINES + ".");
        }
        if (format.fieldDelimiter().isPresent() && format.fieldDelimiter().equals(format.recordDelimiter())) {
            throw SnowflakeError.INVALID_VALUE.with("FIELD_DELIMITER and RECORD_DELIMITER must differ.");
        }
        if (format.enclosedBy().filter(one -> one != '"' && one != '\'').isPresent()) {
            throw SnowflakeError.INVALID_VALUE.with(
                    "FIELD_OPTIONALLY_ENCLOSED_BY is NONE, a single or a double quote character.");
        }
        return format;
    }

    private JsonFormat jsonFormat() {
        options.only("MULTI_LINE", true);
        options.only("ENABLE_OCTAL", false);
        options.only("SKIP_BYTE_ORDER_MARK", true);
        boolean ignore = options.bool("IGNORE_UTF8_ERRORS", false);
        return new JsonFormat(
                options.compression(TEXT_COMPRESSIONS),
                options.dates(),
                options.binary(),
                options.bool("TRIM_SPACE", false),
                options.texts("NULL_IF", List.of()),
                options.bool("ALLOW_DUPLICATE", false),
                options.bool("STRIP_OUTER_ARRAY", false),
                options.bool("STRIP_NULL_VALUES", false),
                options.bool("REPLACE_INVALID_CHARACTERS", false) || ignore);
    }

    private ParquetFormat parquetFormat() {
        options.only("REPLACE_INVALID_CHARACTERS", false);
        return new ParquetFormat(
                options.compression(PARQUET_COMPRESSIONS),
                options.bool("TRIM_SPACE", false),
                options.bool("BINARY_AS_TEXT", true),
                options.bool("USE_LOGICAL_TYPE", false),
                options.bool("USE_VECTORIZED_SCANNER", false),
                options.texts("NULL_IF", List.of()));
    }

    /// The name, once it is known to be one.
    private static String charset(String name) {
        javaCharset(name);
        return name;
    }

    /// The character set of an ENCODING.
    static Charset javaCharset(String name) {
        String plain = name.replace("-", "").replace("_", "");
        String java = CHARSETS.getOrDefault(
                plain,
                plain.replaceFirst("^ISO8859(\\d+)$", "ISO-8859-$1").replaceFirst("^WINDOWS(\\d+)$", "windows-$1"));
        try {
            return Charset.forName(java);
        } catch (UnsupportedCharsetException | IllegalCharsetNameException e) {
            throw SnowflakeError.unsupported("The file format ENCODING = '" + name + "'");
        }
    }
}
