package dev.feedline.rows;

/// How a value is named in the detail of a bad row.
final class Found {
    private static final int MAX_SHOWN = 40;

    private Found() {}

    static String of(Token token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case STRING -> "a string";
            case WHOLE_NUMBER, NUMBER -> "a number";
            case TRUE, FALSE -> "a boolean";
            default -> "null";
        };
    }

    static String of(Token token, RowTokens tokens) {
        return switch (token) {
            case STRING -> quoted(tokens.text());
            case WHOLE_NUMBER, NUMBER -> shortened(tokens.text());
            case TRUE -> "true";
            case FALSE -> "false";
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
