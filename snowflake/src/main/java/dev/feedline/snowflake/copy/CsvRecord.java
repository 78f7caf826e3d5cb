package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One record of delimited text; the reader fills the same one again and again.
final class CsvRecord {
    private final List<Field> fields = new ArrayList<>();
    private long line;
    private long endLine;
    private long endCharacter;
    private long nextLine;
    private long nextCharacter;
    private @Nullable Flaw flaw;

    /// @param raw as it stands in the file, where that differs from `text`
    /// @param enclosed in quotes
    /// @param line where it begins, from 1
    /// @param character where it begins in its line, from 1
    record Field(String text, @Nullable String raw, boolean enclosed, long line, long character) {}

    /// What makes the record unreadable, from this field on.
    record Flaw(SnowflakeError error, String message, long line, long character) {}

    void begin(long atLine) {
        fields.clear();
        line = atLine;
        flaw = null;
    }

    void add(Field field) {
        fields.add(field);
    }

    void spoil(Flaw found) {
        if (flaw == null) {
            flaw = found;
        }
    }

    /// Where its last field ends.
    void end(long atLine, long atCharacter) {
        endLine = atLine;
        endCharacter = atCharacter;
    }

    /// Where the next record begins.
    void next(long atLine, long atCharacter) {
        nextLine = atLine;
        nextCharacter = atCharacter;
    }

    int size() {
        return fields.size();
    }

    Field field(int index) {
        return fields.get(index);
    }

    /// The line it begins on.
    long line() {
        return line;
    }

    long endLine() {
        return endLine;
    }

    long endCharacter() {
        return endCharacter;
    }

    long nextLine() {
        return nextLine;
    }

    long nextCharacter() {
        return nextCharacter;
    }

    @Nullable
    Flaw flaw() {
        return flaw;
    }

    /// Whether it is an empty line.
    boolean isBlank() {
        return fields.size() == 1
                && !fields.getFirst().enclosed()
                && fields.getFirst().text().isEmpty();
    }
}
