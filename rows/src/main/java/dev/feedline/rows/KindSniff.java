package dev.feedline.rows;

import java.util.Locale;

/// Tells from a file's first bytes, and from its name where they leave it open, what separates its rows.
///
/// It is JSON when it begins with an array of objects, with an object that goes on over a line end, or
/// with two objects on one line; JSON lines when it begins with any other object; CSV when it is expected
/// to be, when its name says so or when its first rows are all of the same two or more cells. All else are JSON lines,
/// each of which is judged by itself.
public final class KindSniff {
    private final byte[] head;
    private int at;

    private KindSniff(byte[] head) {
        this.head = head;
    }

    /// @param head the first bytes in UTF-8
    /// @param isWhole whether that is all of the file
    /// @param name the file's name, whose extension counts, also before one of a container
    /// @param isCsvExpected whether a file that does not begin as JSON does is CSV, whatever it looks like
    public static Reading.Kind of(byte[] head, boolean isWhole, String name, boolean isCsvExpected) {
        KindSniff sniff = new KindSniff(head);
        int first = sniff.skipMarkAndSpace();
        if (first == 0x1e) {
            return Reading.Kind.JSON; // RFC 7464
        }
        if (first == '{') {
            return sniff.isMoreThanLines() ? Reading.Kind.JSON : Reading.Kind.JSON_LINES;
        }
        if (first == '[') {
            sniff.at++;
            int second = sniff.skipSpace();
            return second == '{' || second == ']' || second < 0 ? Reading.Kind.JSON : Reading.Kind.JSON_LINES;
        }
        boolean isCsv = isCsvExpected
                || isCsvByName(name)
                || CsvSniff.of(head, isWhole, null, null).isCertain();
        return isCsv && first >= 0 ? Reading.Kind.CSV : Reading.Kind.JSON_LINES;
    }

    /// Whether the file's name is one of a CSV or TSV file.
    public static boolean isCsvByName(String name) {
        return extension(name).matches("csv|tsv|tab|psv");
    }

    /// Whether the file's name is one of a file whose cells are separated by tabs.
    public static boolean isTsvByName(String name) {
        return extension(name).matches("tsv|tab");
    }

    private static String extension(String name) {
        String bare = name.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|gzip|zst|zstd|bz2)$", "");
        return bare.substring(bare.lastIndexOf('.') + 1);
    }

    private int skipMarkAndSpace() {
        boolean isMarked = TextEncoding.ofMark(head).isPresent();
        at = isMarked ? Math.min(3, head.length) : 0;
        return skipSpace();
    }

    private int skipSpace() {
        while (at < head.length && isSpace(head[at])) {
            at++;
        }
        return at < head.length ? head[at] & 0xff : -1;
    }

    /// Goes through the first object: does it go on over a line end as JSON may, or does another follow on its line?
    private boolean isMoreThanLines() {
        int depth = 0;
        byte before = 0;
        for (; at < head.length; at++) {
            byte b = head[at];
            if (b == '"') {
                if (!skipString()) {
                    return false;
                }
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                depth--;
                if (depth == 0) {
                    return isFollowedOnItsLine();
                }
            } else if (b == '\n' || b == '\r') {
                return goesOnBehindLineEnd(before);
            }
            before = isSpace(b) ? before : b;
        }
        return false;
    }

    /// Stops at the closing quote; false when the line or the head ends first.
    private boolean skipString() {
        for (at++; at < head.length && head[at] != '"' && head[at] != '\n'; at++) {
            at += head[at] == '\\' ? 1 : 0;
        }
        return at < head.length && head[at] == '"';
    }

    private boolean isFollowedOnItsLine() {
        at++;
        while (at < head.length && (head[at] == ' ' || head[at] == '\t')) {
            at++;
        }
        return at < head.length && (head[at] == '{' || head[at] == '[');
    }

    /// A line that was merely cut off is followed by the next row's brace instead.
    private boolean goesOnBehindLineEnd(byte before) {
        int next = skipSpace();
        return switch (before) {
            case '{', ',' -> next == '"' || next == '}';
            case '[', ':' -> next >= 0;
            default -> next == '}' || next == ']' || next == ',';
        };
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
