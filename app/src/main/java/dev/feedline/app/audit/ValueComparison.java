package dev.feedline.app.audit;

import dev.feedline.rows.Column;
import dev.feedline.rows.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Says whether the table holds exactly what the source says, by the type that the schema promises.
///
/// Numbers are compared as exact decimals (in a `double` as the nearest double), times as instants, text letter by
/// letter; absent and null are one. What the schema had no place for must be in `_RESCUED`, as it was written.
final class ValueComparison {
    private static final Pattern MOMENT = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d)[Tt ](\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?)0*(?:[Zz]|([+-])(\\d\\d):?(\\d\\d)?)?");

    private static final Pattern ZERO = Pattern.compile("[+-]?[0.]++(?:[eE].*+)?");

    private ValueComparison() {}

    /// @param table what the column holds; null for none
    /// @param rescued what `_RESCUED` holds at this place; null for nothing
    static boolean same(Type type, @Nullable Json source, @Nullable Json table, @Nullable Json rescued) {
        Json value = orNull(source);
        Json held = orNull(table);
        Json saved = orNull(rescued);
        if (value == null) {
            return held == null && saved == null;
        }
        if (held == null) {
            return saved != null && Json.same(value, saved);
        }
        return switch (type) {
            case Type.Struct struct
            when value instanceof Json.Obj object && held instanceof Json.Obj other ->
                sameFields(struct, object.members(), other.members(), saved);
            case Type.ListOf list
            when value instanceof Json.Arr array && held instanceof Json.Arr other ->
                sameElements(list, array.elements(), other.elements(), saved);
            default -> saved == null && sameScalar(type, value, held);
        };
    }

    private static boolean sameFields(
            Type.Struct struct, Map<String, Json> source, Map<String, Json> table, @Nullable Json rescued) {
        if (rescued != null && !(rescued instanceof Json.Obj)) {
            return false;
        }
        Map<String, Json> saved = rescued instanceof Json.Obj object ? object.members() : Map.of();
        Map<String, Type> fields = new HashMap<>();
        for (Column field : struct.fields()) {
            fields.put(field.name(), field.type());
        }
        Set<String> names = new HashSet<>(source.keySet());
        names.addAll(table.keySet());
        names.addAll(saved.keySet());
        for (String name : names) {
            Type type = fields.get(name);
            boolean same = type == null
                    ? sameOutside(source.get(name), table.get(name), saved.get(name))
                    : same(type, source.get(name), table.get(name), saved.get(name));
            if (!same) {
                return false;
            }
        }
        return true;
    }

    /// What is no field can only be rescued.
    static boolean sameOutside(@Nullable Json source, @Nullable Json table, @Nullable Json rescued) {
        Json value = orNull(source);
        Json saved = orNull(rescued);
        return orNull(table) == null && (value == null ? saved == null : saved != null && Json.same(value, saved));
    }

    private static boolean sameElements(Type.ListOf list, List<Json> source, List<Json> table, @Nullable Json rescued) {
        if (source.size() != table.size() || (rescued != null && !(rescued instanceof Json.Arr))) {
            return false;
        }
        List<Json> saved = rescued instanceof Json.Arr array ? array.elements() : List.of();
        for (int i = 0; i < source.size(); i++) {
            if (!same(list.element(), source.get(i), table.get(i), i < saved.size() ? saved.get(i) : null)) {
                return false;
            }
        }
        return saved.size() <= source.size();
    }

    private static boolean sameScalar(Type type, Json source, Json table) {
        return switch (type) {
            case Type.Int64 whole -> sameNumber(source, table);
            case Type.Decimal decimal -> sameNumber(source, table);
            case Type.Float64 real ->
                source instanceof Json.Num a
                        && table instanceof Json.Num b
                        && Double.parseDouble(a.source()) == Double.parseDouble(b.source());
            case Type.Bool bool ->
                source instanceof Json.Bool a && table instanceof Json.Bool b && a.value() == b.value();
            case Type.Text text -> table instanceof Json.Text b && text(source).equals(b.value());
            case Type.Date date ->
                source instanceof Json.Text a
                        && table instanceof Json.Text b
                        && LocalDate.parse(b.value()).equals(date(a.value()));
            case Type.Timestamp timestamp ->
                source instanceof Json.Text a
                        && table instanceof Json.Text b
                        && sameMoment(instant(a.value()), instant(b.value()));
            case Type.Struct struct -> false;
            case Type.ListOf list -> false;
        };
    }

    private static boolean sameNumber(Json source, Json table) {
        return source instanceof Json.Num a
                && table instanceof Json.Num b
                && (a.source().equals(b.source()) || sameDecimal(a.source(), b.source()));
    }

    private static boolean sameDecimal(String a, String b) {
        try {
            return decimal(a).compareTo(decimal(b)) == 0;
        } catch (NumberFormatException e) {
            // An exponent beyond an int: more than any column holds, so no column has it.
            return false;
        }
    }

    private static BigDecimal decimal(String number) {
        return ZERO.matcher(number).matches() ? BigDecimal.ZERO : new BigDecimal(number);
    }

    /// What a text column makes of a value: a string's own text, and of all else the source on one line.
    private static String text(Json source) {
        return source instanceof Json.Text text
                ? text.value()
                : source.source().replace('\n', ' ').replace('\r', ' ');
    }

    private static boolean sameMoment(@Nullable Instant a, @Nullable Instant b) {
        return a != null && a.equals(b);
    }

    private static @Nullable LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /// RFC 3339 with its liberties, and what a warehouse prints: a blank for the `T`, no zone for UTC.
    static @Nullable Instant instant(String text) {
        Matcher moment = MOMENT.matcher(text);
        if (!moment.matches()) {
            return null;
        }
        try {
            Instant local =
                    LocalDateTime.parse(moment.group(1) + "T" + moment.group(2)).toInstant(ZoneOffset.UTC);
            return moment.group(3) == null ? local : local.minus(offset(moment));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Duration offset(Matcher moment) {
        Duration offset = Duration.ofHours(Integer.parseInt(moment.group(4)));
        if (moment.group(5) != null) {
            offset = offset.plusMinutes(Integer.parseInt(moment.group(5)));
        }
        return moment.group(3).equals("-") ? offset.negated() : offset;
    }

    private static @Nullable Json orNull(@Nullable Json value) {
        return value instanceof Json.Null ? null : value;
    }
}
