package dev.feedline.rows;

import java.util.List;
import java.util.stream.Collectors;

/// The type of a column, as the Glue Data Catalog spells it.
///
/// The values a type holds in memory: `bigint` [Long], `double` [Double], `decimal(p,s)`
/// [java.math.BigDecimal] of exactly scale `s`, `boolean` [Boolean], `string` [String], `date`
/// [java.time.LocalDate], `timestamp` [java.time.Instant] with microseconds, `struct<…>` an `Object[]`
/// in field order, `array<…>` a [List]. Absent and JSON null are both `null`.
public sealed interface Type {
    /// True or false.
    record Bool() implements Type {
        @Override
        public String glue() {
            return "boolean";
        }
    }

    /// A signed 64-bit whole number.
    record Int64() implements Type {
        @Override
        public String glue() {
            return "bigint";
        }
    }

    /// An IEEE 754 double; a number is only put here when the double holds it exactly or the column was
    /// declared `double`.
    record Float64() implements Type {
        @Override
        public String glue() {
            return "double";
        }
    }

    /// An exact decimal of 1 to 38 digits, `scale` of them after the point (Parquet's and Snowflake's
    /// limit).
    record Decimal(int precision, int scale) implements Type {
        public static final int MAX_PRECISION = 38;

        public Decimal {
            if (precision < 1 || precision > MAX_PRECISION) {
                throw new IllegalArgumentException("decimal precision must be 1 to 38, not " + precision);
            }
            if (scale < 0 || scale > precision) {
                throw new IllegalArgumentException("decimal scale must be 0 to " + precision + ", not " + scale);
            }
        }

        @Override
        public String glue() {
            return "decimal(" + precision + "," + scale + ")";
        }
    }

    /// Text; a JSON number in a string column keeps its source text.
    record Text() implements Type {
        @Override
        public String glue() {
            return "string";
        }
    }

    /// A calendar day without a zone.
    record Date() implements Type {
        @Override
        public String glue() {
            return "date";
        }
    }

    /// A moment, to the microsecond, UTC.
    record Timestamp() implements Type {
        @Override
        public String glue() {
            return "timestamp";
        }
    }

    /// Named fields in a fixed order.
    record Struct(List<Column> fields) implements Type {
        public Struct {
            fields = List.copyOf(fields);
            if (fields.isEmpty()) {
                throw new IllegalArgumentException("a struct needs at least one field");
            }
        }

        @Override
        public String glue() {
            return fields.stream()
                    .map(field -> GlueTypeParser.quote(field.name()) + ":"
                            + field.type().glue())
                    .collect(Collectors.joining(",", "struct<", ">"));
        }
    }

    /// A list of values of one type.
    record ListOf(Type element) implements Type {
        @Override
        public String glue() {
            return "array<" + element.glue() + ">";
        }
    }

    /// The Glue Data Catalog's spelling, e.g. `struct<id:bigint,tags:array<string>>`.
    String glue();

    /// Reads the Glue spelling; also takes `int`, `smallint`, `tinyint` and `long` as `bigint`, and
    /// `float` as `double`.
    ///
    /// @throws IllegalArgumentException naming the character where the text stops being a type
    static Type parse(String glue) {
        return new GlueTypeParser(glue).parse();
    }
}
