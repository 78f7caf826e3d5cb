package dev.feedline.glue.filter;

import java.util.Optional;

/// The signs between a key and a value.
enum Comparison {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    static Optional<Comparison> of(String sign) {
        return switch (sign) {
            case "=", "==" -> Optional.of(EQUAL);
            case "<>", "!=" -> Optional.of(NOT_EQUAL);
            case "<" -> Optional.of(LESS);
            case "<=" -> Optional.of(LESS_OR_EQUAL);
            case ">" -> Optional.of(GREATER);
            case ">=" -> Optional.of(GREATER_OR_EQUAL);
            default -> Optional.empty();
        };
    }

    boolean holds(int order) {
        return switch (this) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    /// The same comparison with its sides exchanged.
    Comparison turned() {
        return switch (this) {
            case EQUAL -> EQUAL;
            case NOT_EQUAL -> NOT_EQUAL;
            case LESS -> GREATER;
            case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
            case GREATER -> LESS;
            case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
        };
    }
}
