package dev.feedline.rows;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What has been seen at one place of the rows, and the type that follows from it. Nothing depends on
/// the order of the values but the order of an object's fields.
final class ValuesSeen {
    private enum Kind {
        BOOLEAN,
        NUMBER,
        STRING,
        OBJECT,
        ARRAY
    }

    /// Stands in an object without fields; no text has its name.
    private static final Column NO_FIELD = new Column("\0", Inference.UNDECIDED);

    private final PlaceBudget places;
    private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    private final NumbersSeen numbers = new NumbersSeen();
    private boolean allDates = true;
    private boolean allTimestamps = true;
    private final Map<String, ValuesSeen> fields = new LinkedHashMap<>();
    private @Nullable ValuesSeen elements;

    ValuesSeen(PlaceBudget places) {
        this.places = places;
    }

    /// Takes the value that begins with `token`.
    void add(RowTokens tokens, Token token) {
        switch (token) {
            case TRUE, FALSE -> kinds.add(Kind.BOOLEAN);
            case WHOLE_NUMBER, NUMBER -> {
                kinds.add(Kind.NUMBER);
                addNumber(tokens, token);
            }
            case STRING -> {
                kinds.add(Kind.STRING);
                addString(tokens);
            }
            case START_OBJECT -> addMembers(tokens);
            case START_ARRAY -> addElements(tokens);
            default -> {} // null says nothing
        }
    }

    /// Takes the members of an object whose brace has been taken.
    void addMembers(RowTokens tokens) {
        kinds.add(Kind.OBJECT);
        for (String name = tokens.nextName(); name != null; name = tokens.nextName()) {
            Token token = tokens.next();
            ValuesSeen field = fields.get(name);
            if (field == null && token != Token.NULL && places.take()) {
                field = new ValuesSeen(places);
                fields.put(name, field);
            }
            if (field == null) {
                tokens.skipValue();
            } else {
                field.add(tokens, token);
            }
        }
    }

    /// The type that holds all values exactly, or empty when nothing but nulls and empty objects and
    /// arrays were seen.
    Optional<Type> type() {
        if (kinds.size() != 1) {
            return kinds.isEmpty() ? Optional.empty() : Optional.of(new Type.Text());
        }
        return switch (kinds.iterator().next()) {
            case BOOLEAN -> Optional.of(new Type.Bool());
            case NUMBER -> Optional.of(numbers.type());
            case STRING -> Optional.of(textType());
            case OBJECT -> structType();
            case ARRAY -> elements == null ? Optional.empty() : elements.type().map(Type.ListOf::new);
        };
    }

    /// The fields, and behind them those seen in addition that can be columns.
    List<Column> fieldsAfter(List<Column> existing, Set<String> reserved, ColumnBudget budget) {
        ColumnNames names = new ColumnNames(reserved);
        existing.forEach(field -> names.add(field.name()));
        List<Column> all = new ArrayList<>();
        for (Column field : existing) {
            ValuesSeen seen = fields.get(field.name());
            all.add(seen == null ? field : new Column(field.name(), seen.widened(field.type(), budget)));
        }
        fields.forEach((name, seen) -> seen.type()
                .filter(type -> names.isFree(name))
                .map(type -> new Column(name, type))
                .filter(budget::take)
                .ifPresent(column -> {
                    names.add(name);
                    all.add(column);
                }));
        return all;
    }

    /// The type with the struct fields that were seen in addition; a type never changes otherwise.
    private Type widened(Type existing, ColumnBudget budget) {
        if (existing instanceof Type.Struct struct) {
            return new Type.Struct(fieldsAfter(struct.fields(), Set.of(), budget));
        }
        if (existing instanceof Type.ListOf list && elements != null) {
            return new Type.ListOf(elements.widened(list.element(), budget));
        }
        return existing;
    }

    /// The type by which values that add nothing are told; where nothing is decided, one of its own.
    Type typeAtHand() {
        if (kinds.equals(EnumSet.of(Kind.NUMBER))) {
            numbers.passOver();
        }
        if (kinds.equals(EnumSet.of(Kind.OBJECT))) {
            List<Column> columns = fieldsAtHand(Set.of());
            return new Type.Struct(columns.isEmpty() ? List.of(NO_FIELD) : columns);
        }
        if (kinds.equals(EnumSet.of(Kind.ARRAY))) {
            return new Type.ListOf(elements == null ? Inference.UNDECIDED : elements.typeAtHand());
        }
        return type().orElse(Inference.UNDECIDED);
    }

    /// As [#fieldsAfter] none, with those that are not decided.
    List<Column> fieldsAtHand(Set<String> reserved) {
        ColumnNames names = new ColumnNames(reserved);
        List<Column> all = new ArrayList<>();
        fields.forEach((name, seen) -> {
            if (names.isFree(name)) {
                names.add(name);
                all.add(new Column(name, seen.typeAtHand()));
            }
        });
        return all;
    }

    /// Whether what was not added because [#typeAtHand] takes it does not matter.
    boolean isSure() {
        boolean areNumbersSure = kinds.size() != 1 || !kinds.contains(Kind.NUMBER) || numbers.isSure();
        return areNumbersSure
                && (elements == null || elements.isSure())
                && fields.values().stream().allMatch(ValuesSeen::isSure);
    }

    private Optional<Type> structType() {
        List<Column> columns = fieldsAfter(List.of(), Set.of(), ColumnBudget.unlimited());
        return columns.isEmpty() ? Optional.empty() : Optional.of(new Type.Struct(columns));
    }

    private Type textType() {
        if (allDates) {
            return new Type.Date();
        }
        return allTimestamps ? new Type.Timestamp() : new Type.Text();
    }

    private void addNumber(RowTokens tokens, Token token) {
        if (token == Token.WHOLE_NUMBER && tokens.isShortNumber()) {
            numbers.add(tokens.shortNumber());
        } else {
            numbers.add(Numeral.of(tokens.text()));
        }
    }

    private void addString(RowTokens tokens) {
        if (allDates || allTimestamps) {
            String text = tokens.text();
            allDates = allDates && Moments.date(text) != null;
            allTimestamps = allTimestamps && Moments.isUnmistakable(text);
        }
    }

    private void addElements(RowTokens tokens) {
        kinds.add(Kind.ARRAY);
        for (Token next = tokens.next(); next != Token.END_ARRAY; next = tokens.next()) {
            if (elements == null) {
                elements = new ValuesSeen(places);
            }
            elements.add(tokens, next);
        }
    }
}
