package dev.feedline.app.audit;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// How a file of delimited cells is written, by the terms that were pinned for it.
///
/// @param quote or [#NONE]
/// @param escape or [#NONE]
/// @param returnsEndLines whether a lone CR ends a line
/// @param nulls what an unquoted cell reads that has no value
record CsvDialectTerms(
        int delimiter,
        int quote,
        int escape,
        boolean returnsEndLines,
        boolean header,
        List<String> columns,
        List<String> nulls) {
    /// No character at all.
    static final int NONE = -9;

    CsvDialectTerms {
        columns = List.copyOf(columns);
        nulls = List.copyOf(nulls);
    }

    static CsvDialectTerms of(JsonNode csv) {
        return new CsvDialectTerms(
                character(csv.path("delimiter")),
                character(csv.path("quote")),
                character(csv.path("escape")),
                csv.path("returnsEndLines").asBoolean(false),
                csv.path("header").asBoolean(true),
                texts(csv.path("columns")),
                texts(csv.path("nulls")));
    }

    private static int character(JsonNode node) {
        return node.isString() && !node.asString().isEmpty() ? node.asString().charAt(0) : NONE;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.asString()));
        return texts;
    }
}
