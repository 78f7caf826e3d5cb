package dev.feedline.rows;

/// What JSON text is made of.
enum Token {
    START_OBJECT,
    END_OBJECT,
    START_ARRAY,
    END_ARRAY,
    /// The name of a member, with its colon.
    NAME,
    STRING,
    /// A number without a point and an exponent.
    WHOLE_NUMBER,
    /// A number with either.
    NUMBER,
    TRUE,
    FALSE,
    NULL;

    boolean isStart() {
        return this == START_OBJECT || this == START_ARRAY;
    }

    boolean isEnd() {
        return this == END_OBJECT || this == END_ARRAY;
    }

    boolean isNumber() {
        return this == WHOLE_NUMBER || this == NUMBER;
    }

    boolean isBoolean() {
        return this == TRUE || this == FALSE;
    }
}
