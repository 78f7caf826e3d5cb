package dev.feedline.rows;

import tools.jackson.core.JsonToken;

/// How a value is named in the detail of a bad row.
final class Found {
    private static final int MAX_SHOWN = 40;

    private Found() {}

    static String of(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            default -> "null";
        };
    }

    static String of(JsonToken token, RowTokens tokens) {
        return switch (token) {
            case VALUE_STRING -> quoted(tokens.text());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> shortened(tokens.text());
            case VALUE_TRUE -> "true";
            case VALUE_FALSE -> "false";
            default -> of(token);
        };
    }

    static String quoted(String text) {
        return JsonText.quote(new StringBuilder(), shortened(text)).toString();
    }

    private static String shortened(String text) {
        if (text.length() <= MAX_SHOWN) {
            return text;
        }
        int cut = Character.isHighSurrogate(text.charAt(MAX_SHOWN - 1)) ? MAX_SHOWN - 1 : MAX_SHOWN;
        return text.substring(0, cut) + "…";
    }
}
