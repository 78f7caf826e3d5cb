package dev.feedline.glue.search;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.PropertyPredicate;
import software.amazon.awssdk.services.glue.model.SearchTablesRequest;
import software.amazon.awssdk.services.glue.model.Sort;
import software.amazon.awssdk.services.glue.model.SortCriterion;
import software.amazon.awssdk.services.glue.model.Table;

/// Which tables a search finds, and in which order:
/// https://docs.aws.amazon.com/glue/latest/webapi/API_SearchTables.html
///
/// All filters hold at once. A filter on a text compares its value with each part of the text between punctuation, so
/// that `link` finds `customer-link` and not `xxlinkyy`; one on a time compares moments. A search text finds tables
/// that have each of its words somewhere, or, in quotes, that text as a whole value or part.
public final class TableQuery {
    private final Predicate<Table> accepts;
    private final String sortedBy;
    private final boolean descending;

    private TableQuery(Predicate<Table> accepts, String sortedBy, boolean descending) {
        this.accepts = accepts;
        this.sortedBy = sortedBy;
        this.descending = descending;
    }

    /// @throws IllegalArgumentException when the request asks for what there is not
    public static TableQuery of(SearchTablesRequest request) {
        Predicate<Table> accepts = text(request.searchText());
        for (PropertyPredicate filter : request.filters()) {
            accepts = accepts.and(filter(filter));
        }
        SortCriterion criterion = request.sortCriteria().stream()
                .findFirst()
                .orElse(SortCriterion.builder().build());
        if (criterion.sort() == Sort.UNKNOWN_TO_SDK_VERSION) {
            throw new IllegalArgumentException("Sort is ASC or DESC, not " + criterion.sortAsString());
        }
        String field = criterion.fieldName() == null ? "Name" : criterion.fieldName();
        return new TableQuery(accepts, field, criterion.sort() == Sort.DESC);
    }

    public boolean accepts(Table table) {
        return accepts.test(table);
    }

    /// A table's place in the order of a search.
    public record Ranked(String sortKey, String database, String name) {}

    public Ranked ranked(Table table) {
        String key = TableFields.isTime(sortedBy)
                ? TableFields.time(table, sortedBy).map(TableQuery::sortable).orElse("")
                : String.join(" ", TableFields.texts(table, sortedBy));
        return new Ranked(key, table.databaseName(), table.name());
    }

    public Comparator<Ranked> order() {
        Comparator<Ranked> byKey = Comparator.comparing(Ranked::sortKey);
        return (descending ? byKey.reversed() : byKey)
                .thenComparing(Ranked::database)
                .thenComparing(Ranked::name);
    }

    private static String sortable(Instant time) {
        return String.format(Locale.ROOT, "%020d%09d", time.getEpochSecond(), time.getNano());
    }

    private static Predicate<Table> text(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return table -> true;
        }
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        if (wanted.length() > 1 && wanted.startsWith("\"") && wanted.endsWith("\"")) {
            String exact = wanted.substring(1, wanted.length() - 1);
            return table -> TableFields.all(table).stream().anyMatch(one -> hasPart(one, exact));
        }
        List<String> words = List.of(wanted.split("\\s+"));
        return table -> {
            List<String> all = TableFields.all(table).stream()
                    .map(one -> one.toLowerCase(Locale.ROOT))
                    .toList();
            return words.stream().allMatch(word -> all.stream().anyMatch(one -> one.contains(word)));
        };
    }

    private static Predicate<Table> filter(PropertyPredicate filter) {
        String key = filter.key();
        String value = filter.value();
        if (key == null || key.isEmpty() || value == null) {
            throw new IllegalArgumentException("A filter needs a Key and a Value");
        }
        return TableFields.isTime(key)
                ? onTime(key, moment(key, value), filter)
                : table -> TableFields.texts(table, key).stream().anyMatch(text -> hasPart(text, value));
    }

    private static Predicate<Table> onTime(String key, Instant moment, PropertyPredicate filter) {
        return table -> TableFields.time(table, key)
                .map(time -> holds(filter, time.compareTo(moment)))
                .orElse(false);
    }

    /// "The Comparator member is used only for time fields, and can be omitted for other field types."
    private static boolean holds(PropertyPredicate filter, int order) {
        return switch (filter.comparator()) {
            case null -> order == 0;
            case EQUALS -> order == 0;
            case GREATER_THAN -> order > 0;
            case GREATER_THAN_EQUALS -> order >= 0;
            case LESS_THAN -> order < 0;
            case LESS_THAN_EQUALS -> order <= 0;
            case UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalArgumentException("There is no Comparator " + filter.comparatorAsString());
        };
    }

    /// Seconds since 1970, as the wire has times, or RFC 3339.
    private static Instant moment(String key, String value) {
        try {
            return value.matches("[0-9]{1,12}") ? Instant.ofEpochSecond(Long.parseLong(value)) : Instant.parse(value);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "The filter on " + key + " needs seconds since 1970 or a time such as 2026-11-27T10:00:00Z, not "
                            + value,
                    e);
        }
    }

    private static boolean hasPart(String text, String wanted) {
        if (text.equalsIgnoreCase(wanted)) {
            return true;
        }
        for (String part : text.split("[^\\p{L}\\p{N}]+")) {
            if (part.equalsIgnoreCase(wanted)) {
                return true;
            }
        }
        return false;
    }
}
