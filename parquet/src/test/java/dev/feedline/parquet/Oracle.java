package dev.feedline.parquet;

import dev.feedline.rows.BadRowCode;
import dev.feedline.rows.Column;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import dev.feedline.rows.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/// Says what has to become of a row, from [Json] and the JDK's numbers and dates: no line of the
/// reader under test is run.
///
/// It is written by the words of `RowReader` and `docs/formats.md`. Where a row has several faults
/// it knows all of them and leaves open which is told.
final class Oracle {
    /// How far a row comes; each stage has passed those before it.
    enum Stage {
        /// Any bytes.
        BYTES,
        /// They are UTF-8.
        TEXT,
        /// And all of JSON's tokens.
        TOKENS,
        /// And JSON's grammar.
        JSON,
        /// And an object.
        OBJECT,
        /// And no key comes twice, no character is half, it is not too deep or long, no key is reserved.
        CLEAR,
        /// And every value fits its column.
        FITS
    }

    /// @param faults what is wrong; empty for a good row
    /// @param values of a good row, in the form of [Seen], the last its `_RESCUED` in canonical form
    record Row(Stage stage, Set<BadRowCode> faults, Object values) {
        boolean isGood() {
            return faults.isEmpty();
        }
    }

    private static final String ESCAPE = "\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4})";
    private static final Pattern TOKENS = Pattern.compile(
            "(?:[ \\t\\r\\n{}\\[\\]:,]|true|false|null|-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?+(?:[eE][-+]?[0-9]++)?+"
                    + "(?![0-9a-zA-Z.+-])|\"(?:[^\"\\\\\\x00-\\x1f]|" + ESCAPE + ")*+\")*+");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern TIMESTAMP =
            Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}:[0-9]{2})"
                    + "(?:\\.([0-9]+))?(?:([Zz])|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))?");
    private static final int MICRO_DIGITS = 6;
    private static final Set<BadRowCode> OF_SYNTAX = EnumSet.of(
            BadRowCode.JSON_SYNTAX,
            BadRowCode.JSON_ENCODING,
            BadRowCode.JSON_TOO_DEEP,
            BadRowCode.JSON_DUPLICATE_KEY,
            BadRowCode.RESERVED_KEY,
            BadRowCode.TYPE_MISMATCH,
            BadRowCode.NUMBER_RANGE,
            BadRowCode.UNKNOWN_COLUMN);

    /// The one policy under which nothing is rescued.
    private static final SchemaPolicy FROZEN =
            new SchemaPolicy(SchemaPolicy.OnNewColumn.FREEZE, SchemaPolicy.OnMismatch.QUARANTINE);

    private final Schema schema;
    private final SchemaPolicy policy;
    private final RowLimits limits;

    Oracle(Schema schema, SchemaPolicy policy, RowLimits limits) {
        this.schema = schema;
        this.policy = policy;
        this.limits = limits;
    }

    Row row(byte[] row) {
        if (row.length > limits.maxSourceBytes()) {
            return bad(Stage.BYTES, EnumSet.of(BadRowCode.ROW_TOO_LONG));
        }
        String text;
        try {
            text = Json.decoded(row);
        } catch (CharacterCodingException e) {
            return bad(Stage.BYTES, EnumSet.of(BadRowCode.JSON_ENCODING));
        }
        Json.Document document;
        try {
            document = Json.parse(text);
        } catch (JacksonException e) {
            // What stands before the place where it is no JSON any more may have been found to be bad already.
            return bad(TOKENS.matcher(text).matches() ? Stage.TOKENS : Stage.TEXT, OF_SYNTAX);
        }
        return row(document);
    }

    private Row row(Json.Document document) {
        var faults = EnumSet.noneOf(BadRowCode.class);
        if (document.hasHalfCharacter()) {
            return bad(
                    document.value() instanceof Json.Members ? Stage.OBJECT : Stage.JSON,
                    EnumSet.of(BadRowCode.JSON_ENCODING));
        }
        if (document.depth() > limits.maxDepth()) {
            faults.add(BadRowCode.JSON_TOO_DEEP);
        }
        if (document.hasRepeatedKey()) {
            faults.add(BadRowCode.JSON_DUPLICATE_KEY);
        }
        if (!(document.value() instanceof Json.Members row)) {
            faults.add(BadRowCode.ROW_NOT_AN_OBJECT);
            return bad(Stage.JSON, faults);
        }
        if (row.members().stream().anyMatch(member -> member.name().equals("_FL"))) {
            faults.add(BadRowCode.RESERVED_KEY);
        }
        boolean clear = faults.isEmpty();
        var reading = new Values(faults);
        var rescued = new ArrayList<Json.Member>();
        var values = new ArrayList<>(Arrays.asList(reading.fields(schema.columns(), row, rescued)));
        if (!faults.isEmpty()) {
            return bad(clear ? Stage.CLEAR : Stage.OBJECT, faults);
        }
        if (rescues()) {
            values.add(rescued.isEmpty() ? null : new Json.Members(rescued, "").canonical());
        }
        return new Row(Stage.FITS, Set.of(), Seen.value(values.toArray()));
    }

    private static Row bad(Stage stage, Set<BadRowCode> faults) {
        return new Row(stage, faults, null);
    }

    /// A row as a reader of the file shows it, its `_RESCUED` in canonical form.
    Object read(Object seen) {
        if (!rescues()) {
            return seen;
        }
        var fields = new ArrayList<>(((Seen.Fields) seen).values());
        var rescued = (String) fields.removeLast();
        fields.add(rescued == null ? null : Json.parse(rescued).value().canonical());
        return new Seen.Fields(fields);
    }

    private boolean rescues() {
        return !policy.equals(FROZEN);
    }

    /// Reads the values of one row.
    private final class Values {
        private final Set<BadRowCode> faults;
        private boolean inferred;

        Values(Set<BadRowCode> faults) {
            this.faults = faults;
        }

        /// @param rescued gets what fits none of the fields
        private Object[] fields(List<Column> columns, Json.Members object, List<Json.Member> rescued) {
            boolean isRow = columns == schema.columns();
            var values = new Object[columns.size()];
            for (var member : object.members()) {
                String name = member.name();
                int place = -1;
                for (int i = 0; i < values.length; i++) {
                    place = columns.get(i).name().equals(name) ? i : place;
                }
                Json part = null;
                if (place < 0) {
                    part = unknown(member.value());
                } else {
                    if (isRow) {
                        inferred = schema.inferred().contains(name);
                    }
                    var value = value(columns.get(place).type(), member.value());
                    values[place] = value.value;
                    part = value.rescued;
                }
                if (part != null) {
                    rescued.add(new Json.Member(name, part));
                }
            }
            return values;
        }

        private Json unknown(Json member) {
            if (member instanceof Json.Null) {
                return null;
            }
            if (policy.onNewColumn() == SchemaPolicy.OnNewColumn.FREEZE) {
                faults.add(BadRowCode.UNKNOWN_COLUMN);
            }
            return member;
        }

        private record Value(Object value, Json rescued) {}

        private Value value(Type type, Json json) {
            if (json instanceof Json.Null) {
                return new Value(null, null);
            }
            if (type instanceof Type.Struct struct && json instanceof Json.Members object) {
                var rescued = new ArrayList<Json.Member>();
                Object values = fields(struct.fields(), object, rescued);
                return new Value(values, rescued.isEmpty() ? null : new Json.Members(rescued, ""));
            }
            if (type instanceof Type.ListOf list && json instanceof Json.Elements array) {
                return list(list, array);
            }
            Object leaf = leaf(type, json);
            if (leaf instanceof BadRowCode fault) {
                if (policy.onMismatch() == SchemaPolicy.OnMismatch.QUARANTINE) {
                    faults.add(fault);
                }
                return new Value(null, json);
            }
            return new Value(leaf, null);
        }

        private Value list(Type.ListOf type, Json.Elements array) {
            var values = new ArrayList<>();
            var rescued = new ArrayList<Json>();
            for (var element : array.elements()) {
                var value = value(type.element(), element);
                if (value.rescued != null) {
                    while (rescued.size() < values.size()) {
                        rescued.add(new Json.Null());
                    }
                    rescued.add(value.rescued);
                }
                values.add(value.value);
            }
            return new Value(values, rescued.isEmpty() ? null : new Json.Elements(rescued, ""));
        }

        private Object leaf(Type type, Json json) {
            return switch (type) {
                case Type.Text _ -> text(json);
                case Type.Bool _ when json instanceof Json.Bool bool -> bool.value();
                case Type.Int64 _ when json instanceof Json.Number number -> whole(number.source());
                case Type.Float64 _ when json instanceof Json.Number number -> real(number.source());
                case Type.Decimal decimal when json instanceof Json.Number number -> decimal(number.source(), decimal);
                case Type.Date _ when json instanceof Json.Text text -> date(text.value());
                case Type.Timestamp _ when json instanceof Json.Text text -> timestamp(text.value());
                default -> BadRowCode.TYPE_MISMATCH;
            };
        }

        private static String text(Json json) {
            String source = switch (json) {
                case Json.Text text -> text.value();
                case Json.Number number -> number.source();
                case Json.Bool bool -> String.valueOf(bool.value());
                case Json.Members object -> object.source();
                case Json.Elements array -> array.source();
                case Json.Null _ -> throw new IllegalArgumentException("null is no text");
            };
            return json instanceof Json.Text
                    ? source
                    : source.replace('\n', ' ').replace('\r', ' ');
        }

        private Object whole(String number) {
            var exact = exact(number);
            if (needsPlaces(exact, 0)) {
                return BadRowCode.TYPE_MISMATCH;
            }
            try {
                return exact.longValueExact();
            } catch (ArithmeticException e) {
                return BadRowCode.NUMBER_RANGE;
            }
        }

        private Object decimal(String number, Type.Decimal type) {
            var exact = exact(number);
            if (needsPlaces(exact, type.scale())) {
                return BadRowCode.TYPE_MISMATCH;
            }
            boolean fits =
                    exact.signum() == 0 || (long) exact.precision() - exact.scale() <= type.precision() - type.scale();
            return fits ? (Object) exact.setScale(type.scale()) : BadRowCode.NUMBER_RANGE;
        }

        private static boolean needsPlaces(BigDecimal exact, int places) {
            return exact.signum() != 0 && exact.stripTrailingZeros().scale() > places;
        }

        private Object real(String number) {
            var exact = exact(number);
            double nearest = exact.abs().doubleValue();
            if (Double.isInfinite(nearest)) {
                return BadRowCode.NUMBER_RANGE;
            }
            if (inferred && new BigDecimal(nearest).compareTo(exact.abs()) != 0) {
                return BadRowCode.TYPE_MISMATCH;
            }
            return number.startsWith("-") ? -nearest : nearest;
        }

        /// The number, its exponent cut where nothing can fit any more.
        private static BigDecimal exact(String number) {
            int e = Math.max(number.indexOf('e'), number.indexOf('E'));
            var mantissa = new BigDecimal(e < 0 ? number : number.substring(0, e));
            if (mantissa.signum() == 0) {
                return BigDecimal.ZERO;
            }
            var power = new BigInteger(e < 0 ? "0" : number.substring(e + 1).replace("+", ""))
                    .min(BigInteger.valueOf(100_000_000))
                    .max(BigInteger.valueOf(-100_000_000));
            return mantissa.scaleByPowerOfTen(power.intValueExact());
        }

        private static Object date(String text) {
            try {
                return DATE.matcher(text).matches() ? LocalDate.parse(text) : BadRowCode.TYPE_MISMATCH;
            } catch (DateTimeException e) {
                return BadRowCode.TYPE_MISMATCH;
            }
        }

        private Object timestamp(String text) {
            var parts = TIMESTAMP.matcher(text);
            boolean hasZone = parts.matches() && (parts.group(4) != null || parts.group(5) != null);
            if (!parts.matches() || (inferred && !hasZone)) {
                return BadRowCode.TYPE_MISMATCH;
            }
            var fraction = parts.group(3) == null ? "" : parts.group(3);
            if (fraction.length() > MICRO_DIGITS
                    && !fraction.substring(MICRO_DIGITS).matches("0*")) {
                return BadRowCode.TYPE_MISMATCH;
            }
            try {
                var local = LocalDate.parse(parts.group(1)).atTime(LocalTime.parse(parts.group(2)));
                var micros = (fraction + "000000").substring(0, MICRO_DIGITS);
                Instant utc = local.toInstant(ZoneOffset.UTC).plus(Long.parseLong(micros), ChronoUnit.MICROS);
                if (parts.group(5) == null) {
                    return utc;
                }
                long east = 60L * Integer.parseInt(parts.group(6)) + Integer.parseInt(parts.group(7));
                return utc.minus(parts.group(5).equals("-") ? -east : east, ChronoUnit.MINUTES);
            } catch (DateTimeException e) {
                return BadRowCode.TYPE_MISMATCH;
            }
        }
    }
}
