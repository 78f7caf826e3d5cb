package dev.feedline.feeds;

import dev.feedline.rows.CsvDialect;
import dev.feedline.rows.CsvSniff;
import dev.feedline.rows.HeaderNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a feed's definition says about its CSV files.
///
/// @param delimiter between cells: `auto` (told from the file), `tab`, or one ASCII character
/// @param quote around cells: `auto` (told from the file), `none`, or one ASCII character
/// @param escape before a character that is only itself: `none`, or one ASCII character
/// @param header whether the first row is a header
/// @param columns the columns' names, where they are not the header's
/// @param nulls what an unquoted cell reads when it has no value
public record CsvSettings(
        String delimiter, String quote, String escape, boolean header, List<String> columns, List<String> nulls) {
    public static final CsvSettings DEFAULT = new CsvSettings("auto", "auto", "none", true, List.of(), List.of(""));

    private static final String TAB = "tab";

    public CsvSettings {
        columns = List.copyOf(columns);
        nulls = List.copyOf(nulls);
        delimiter = delimiterOf(delimiter);
        quoteOf(quote);
        escapeOf(escape);
        // What contradicts itself is refused here and not with the first file.
        Character enclosing = quote.length() == 1 ? quote.charAt(0) : null;
        Character escaping = escape.length() == 1 ? escape.charAt(0) : null;
        new CsvDialect(known(delimiter, ','), enclosing, escaping, false, header, columns, nulls);
        if (!HeaderNames.of(columns).equals(columns)) {
            throw new IllegalArgumentException(
                    "csv columns must have names that differ in more than case: " + String.join(", ", columns));
        }
    }

    /// @throws IllegalArgumentException when the word is no delimiter
    public static String delimiterOf(String word) {
        return word.equals("\t") ? TAB : checked(word, "auto", TAB);
    }

    /// @throws IllegalArgumentException when the word is no quote
    public static String quoteOf(String word) {
        return checked(word, "auto", "none");
    }

    /// @throws IllegalArgumentException when the word is no escape
    public static String escapeOf(String word) {
        return checked(word, "none");
    }

    /// Whether the definition says anything of CSV files: then a feed whose format is left open expects them.
    public boolean isDeclared() {
        return !equals(DEFAULT);
    }

    private static String checked(String word, String... words) {
        boolean isCharacter = word.length() == 1 && word.charAt(0) > ' ' && word.charAt(0) < 0x7f;
        if (!isCharacter && !List.of(words).contains(word)) {
            throw new IllegalArgumentException(
                    "'" + word + "' is not supported; use " + String.join(", ", words) + " or one ASCII character");
        }
        return word;
    }

    private static char known(String word, char otherwise) {
        return word.length() == 1 ? word.charAt(0) : word.equals(TAB) ? '\t' : otherwise;
    }

    /// The delimiter, when it need not be told from the file.
    @Nullable
    Character knownDelimiter() {
        return delimiter.equals("auto") ? null : known(delimiter, ',');
    }

    /// The quote, when it need not be told from the file; NUL for none.
    @Nullable
    Character knownQuote() {
        return quote.equals("auto") ? null : quote.equals("none") ? Character.valueOf('\0') : quote.charAt(0);
    }

    /// The dialect of a file that reads so.
    public CsvDialect dialect(CsvSniff sniff, List<String> names) {
        boolean quoted = !quote.equals("none") && sniff.quote() != 0 && sniff.quote() != sniff.delimiter();
        return new CsvDialect(
                sniff.delimiter(),
                quoted ? sniff.quote() : null,
                escape.equals("none") ? null : escape.charAt(0),
                sniff.returnsEndLines(),
                header,
                names,
                nulls);
    }

    /// What a file's first bytes say where the definition leaves it open.
    ///
    /// @param tabs whether the file is known to be separated by tabs
    public CsvSniff sniff(byte[] head, boolean isWhole, boolean tabs) {
        Character known = knownDelimiter();
        return CsvSniff.of(head, isWhole, known == null && tabs ? Character.valueOf('\t') : known, knownQuote());
    }
}
