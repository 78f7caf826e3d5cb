package dev.feedline.glue.search;

import static software.amazon.awssdk.services.glue.model.Comparator.EQUALS;
import static software.amazon.awssdk.services.glue.model.Comparator.UNKNOWN_TO_SDK_VERSION;

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
    private static final int LONGEST_SORT_KEY = 1_024;

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
        SortCriterion criterion = request.sortCriteria().isEmpty()
                ? SortCriterion.builder().build()
                : request.sortCriteria().getFirst();
        if (criterion == null) {
            throw new IllegalArgumentException("SortCriteria has an entry that says nothing");
        }
        if (criterion.sort() == Sort.UNKNOWN_TO_SDK_VERSION) {
            throw new IllegalArgumentException("Sort is ASC or DESC, not " + criterion.sortAsString());
        }
        String field = criterion.fieldName() == null ? "Name" : criterion.fieldName();
        return new TableQuery(accepts, field, criterion.sort() == Sort.DESC);
    }

    public boolean accepts(Table table) {
        return accepts.test(table);
    }

    /// The field and the direction of [#order].
    public String sorting() {
        return sortedBy.toLowerCase(Locale.ROOT) + (descending ? " DESC" : " ASC");
    }

    /// A table's place in the order of a search.
    public record Ranked(String sortKey, String database, String name) {}

    /// Tables are sorted by the beginning of the field alone: a token has to hold it.
    public Ranked ranked(Table table) {
        String whole = TableFields.isTime(sortedBy)
                ? TableFields.time(table, sortedBy).map(TableQuery::sortable).orElse("")
                : String.join(" ", TableFields.texts(table, sortedBy));
        String key = whole.codePoints()
                .limit(LONGEST_SORT_KEY)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
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

    /// "The Comparator member is used only for time fields, and can be omitted for other field types."
    private static Predicate<Table> filter(@Nullable PropertyPredicate filter) {
        if (filter == null) {
            throw new IllegalArgumentException("A filter needs a Key and a Value");
        }
        String key = filter.key();
        String value = filter.value();
        if (key == null || key.isEmpty() || value == null) {
            throw new IllegalArgumentException("A filter needs a Key and a Value");
        }
        if (filter.comparator() == UNKNOWN_TO_SDK_VERSION) {
            throw new IllegalArgumentException("There is no Comparator " + filter.comparatorAsString());
        }
        if (TableFields.isTime(key)) {
            return onTime(key, Moment.of(key, value), filter);
        }
        if (filter.comparator() != null && filter.comparator() != EQUALS) {
            throw new IllegalArgumentException("The filter on " + key + " compares texts, which are EQUALS and not "
                    + filter.comparatorAsString());
        }
        return table -> TableFields.texts(table, key).stream().anyMatch(text -> hasPart(text, value));
    }

    private static Predicate<Table> onTime(String key, Moment moment, PropertyPredicate filter) {
        return table -> TableFields.time(table, key)
                .map(time -> holds(filter, moment.order(time)))
                .orElse(false);
    }

    private static boolean holds(PropertyPredicate filter, int order) {
        return switch (filter.comparator()) {
            case null -> order == 0;
            case EQUALS, UNKNOWN_TO_SDK_VERSION -> order == 0;
            case GREATER_THAN -> order > 0;
            case GREATER_THAN_EQUALS -> order >= 0;
            case LESS_THAN -> order < 0;
            case LESS_THAN_EQUALS -> order <= 0;
        };
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
