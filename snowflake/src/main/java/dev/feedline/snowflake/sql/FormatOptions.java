package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeException;
import dev.feedline.snowflake.sql.FileFormat.BinaryFormat;
import dev.feedline.snowflake.sql.FileFormat.Compression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The options of a file format as written, taken one by one; what nobody takes is refused by its name.
final class FormatOptions {
    private final Map<String, Value> values = new LinkedHashMap<>();

    /// @param word an unquoted word (upper case), a string, or a number's digits
    /// @param list of `('a', 'b')`
    record Value(String word, Optional<List<String>> list) {}

    void put(String name, Value value) {
        if (values.putIfAbsent(name, value) != null) {
            throw SnowflakeError.INVALID_VALUE.with("The file format option " + name + " is given twice.");
        }
    }

    FileFormat.Type type() {
        String name = word("TYPE", "CSV");
        return switch (name) {
            case "CSV" -> FileFormat.Type.CSV;
            case "JSON" -> FileFormat.Type.JSON;
            case "PARQUET" -> FileFormat.Type.PARQUET;
            default -> throw SnowflakeError.unsupported("The file format TYPE = " + name);
        };
    }

    boolean bool(String name, boolean otherwise) {
        String word = word(name, String.valueOf(otherwise).toUpperCase(Locale.ROOT));
        return switch (word) {
            case "TRUE" -> true;
            case "FALSE" -> false;
            default -> throw invalid(name, word);
        };
    }

    /// An option of which only the default has a meaning here.
    void only(String name, boolean value) {
        if (bool(name, value) != value) {
            throw SnowflakeError.unsupported("The file format option " + name + " = " + !value);
        }
    }

    int number(String name) {
        String digits = word(name, "0");
        if (!digits.matches("\\d{1,9}")) {
            throw invalid(name, digits);
        }
        return Integer.parseInt(digits);
    }

    String text(String name, String otherwise) {
        Value value = values.remove(name);
        return value == null ? otherwise : value.word();
    }

    /// One string or several, in brackets.
    List<String> texts(String name, List<String> otherwise) {
        Value value = values.remove(name);
        return value == null ? otherwise : value.list().orElseGet(() -> List.of(value.word()));
    }

    /// A delimiter: escape sequences and `0x7C` stand for characters; empty for NONE.
    Optional<String> delimiter(String name, String otherwise) {
        Value value = values.remove(name);
        if (value == null) {
            return Optional.of(otherwise);
        }
        if (value.word().equalsIgnoreCase("NONE")) {
            return Optional.empty();
        }
        String text = unescaped(value.word());
        if (text.isEmpty() || text.length() > 20) {
            throw invalid(name, value.word());
        }
        return Optional.of(text);
    }

    Optional<Character> character(String name, Optional<Character> otherwise) {
        if (!values.containsKey(name)) {
            return otherwise;
        }
        return delimiter(name, "").map(text -> {
            if (text.length() != 1) {
                throw invalid(name, text);
            }
            return text.charAt(0);
        });
    }

    Compression compression(Set<Compression> allowed) {
        String name = word("COMPRESSION", "AUTO");
        return allowed.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> SnowflakeError.unsupported("The file format COMPRESSION = " + name));
    }

    BinaryFormat binary() {
        String name = word("BINARY_FORMAT", "HEX").replace("-", "");
        return switch (name) {
            case "HEX" -> BinaryFormat.HEX;
            case "BASE64" -> BinaryFormat.BASE64;
            case "UTF8" -> BinaryFormat.UTF8;
            default -> throw invalid("BINARY_FORMAT", name);
        };
    }

    DateFormats dates() {
        return new DateFormats(date("DATE_FORMAT"), date("TIME_FORMAT"), date("TIMESTAMP_FORMAT"));
    }

    private String date(String name) {
        String format = text(name, DateFormats.AUTO);
        if (format.equalsIgnoreCase(DateFormats.AUTO)) {
            return DateFormats.AUTO;
        }
        MomentFormat.of(format);
        return format;
    }

    void end(FileFormat.Type type) {
        if (!values.isEmpty()) {
            throw SnowflakeError.unsupported(
                    "The file format option " + values.keySet().iterator().next() + " of TYPE = " + type);
        }
    }

    private String word(String name, String otherwise) {
        return text(name, otherwise).toUpperCase(Locale.ROOT);
    }

    private static String unescaped(String text) {
        if (text.matches("(?i)(0x[0-9a-f]{2})+")) {
            StringBuilder decoded = new StringBuilder();
            for (int i = 2; i < text.length(); i += 4) {
                decoded.append((char) Integer.parseInt(text.substring(i, i + 2), 16));
            }
            return decoded.toString();
        }
        StringBuilder decoded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                decoded.append(c);
                continue;
            }
            String rest = text.substring(i + 1);
            if (rest.matches("(?s)[0-3][0-7]{2}.*")) {
                decoded.append((char) Integer.parseInt(rest.substring(0, 3), 8));
                i += 3;
            } else if (rest.matches("(?s)x[0-9a-fA-F]{2}.*")) {
                decoded.append((char) Integer.parseInt(rest.substring(1, 3), 16));
                i += 3;
            } else {
                decoded.append(sequence(text.charAt(++i)));
            }
        }
        return decoded.toString();
    }

    private static char sequence(char letter) {
        return switch (letter) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> letter;
        };
    }

    private static SnowflakeException invalid(String name, String value) {
        return SnowflakeError.INVALID_VALUE.with("invalid value '" + value + "' for the file format option " + name);
    }
}
