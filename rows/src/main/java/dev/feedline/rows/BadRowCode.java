package dev.feedline.rows;

/// Why a row is in quarantine. The codes are stable: scripts and people search for them.
public enum BadRowCode {
    JSON_SYNTAX("The row is not valid JSON; mend the text where the offset points, or ask the producer to."),
    JSON_ENCODING("The row is not valid UTF-8, or escapes half of a surrogate pair; write the feed as UTF-8."),
    JSON_TOO_DEEP("The row nests objects and arrays too deeply; flatten it or send the inner part as text."),
    JSON_DUPLICATE_KEY("The row gives one key twice, so its value is unclear; keep one of them."),
    ROW_NOT_AN_OBJECT("The row is JSON but not an object; write one {…} per line, or an array of them."),
    ROW_TOO_LONG("The row is longer than a record of the stream may be; split it or leave out large values."),
    CSV_RAGGED_ROW("The row has more or fewer cells than the file has columns; quote cells that hold the delimiter."),
    CSV_QUOTING("A quote stands where none can; quote the whole cell and double each quote in it."),
    CSV_ENCODING("The row is not text in the file's encoding; declare the encoding or write the file as UTF-8."),
    UNPARSED_TAIL("From here on it is not certain where rows begin; mend the row, upload the rest of the file again."),
    RESERVED_KEY("The row uses the key _FL, which Feedline adds itself; rename it at the source."),
    TYPE_MISMATCH("A value does not fit its column's type exactly; mend the value or declare another type."),
    NUMBER_RANGE("A number is beyond what its column can hold; mend the number or declare a wider type."),
    UNKNOWN_COLUMN("The schema is frozen and the row brings a new key; add the column or drop the key."),
    NOT_A_FEED("The file is not text with rows in it; upload the feed itself, not another kind of file."),
    TRUNCATED_CONTAINER("The compressed file ends or breaks in the middle; upload it again in full.");

    private final String advice;

    BadRowCode(String advice) {
        this.advice = advice;
    }

    /// The stable spelling, e.g. `JSON-SYNTAX`.
    public String text() {
        return name().replace('_', '-');
    }

    /// One sentence for people: what it is and what to do.
    public String advice() {
        return advice;
    }

    /// The code of this spelling.
    ///
    /// @throws IllegalArgumentException when there is none
    public static BadRowCode of(String text) {
        return valueOf(text.replace('-', '_'));
    }
}
