package dev.feedline.glue.filter;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// How the values of a partition key are compared, by the key's type:
/// https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html
enum KeyType {
    TEXT {
        @Override
        KeyValue value(String text) {
            return new KeyValue.Text(text);
        }
    },
    NUMBER {
        @Override
        KeyValue value(String text) {
            String digits = text.strip();
            if (digits.length() > LONGEST_NUMBER || !DIGITS.matcher(digits).matches()) {
                throw new NumberFormatException(text);
            }
            return new KeyValue.Numeral(new BigDecimal(digits));
        }
    },
    DATE {
        @Override
        KeyValue value(String text) {
            return new KeyValue.Numeral(
                    BigDecimal.valueOf(LocalDate.parse(text.strip()).toEpochDay()));
        }
    },
    TIMESTAMP {
        @Override
        KeyValue value(String text) {
            String moment = text.strip().replace(' ', 'T');
            LocalDateTime time =
                    moment.indexOf('T') < 0 ? LocalDate.parse(moment).atStartOfDay() : LocalDateTime.parse(moment);
            return new KeyValue.Numeral(
                    BigDecimal.valueOf(time.toEpochSecond(ZoneOffset.UTC)).add(BigDecimal.valueOf(time.getNano(), 9)));
        }
    };

    private static final Pattern DIGITS = Pattern.compile("[+-]?[0-9]*\\.?[0-9]*");

    /// A decimal has at most 38 digits, its sign and its point.
    private static final int LONGEST_NUMBER = 40;

    /// The kind of a column's type, none when partitions cannot be compared by it.
    static Optional<KeyType> of(String glueType) {
        String name = glueType.strip().toLowerCase(Locale.ROOT).replaceFirst("\\s*\\(.*", "");
        return switch (name) {
            case "string", "char", "varchar" -> Optional.of(TEXT);
            case "tinyint", "smallint", "int", "integer", "bigint", "long", "decimal" -> Optional.of(NUMBER);
            case "date" -> Optional.of(DATE);
            case "timestamp" -> Optional.of(TIMESTAMP);
            default -> Optional.empty();
        };
    }

    /// The value that a text says; throws what its parser throws when it says none.
    abstract KeyValue value(String text);

    Optional<KeyValue> find(String text) {
        try {
            return Optional.of(value(text));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
