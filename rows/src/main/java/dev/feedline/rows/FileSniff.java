package dev.feedline.rows;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Tells from a file's first bytes that it is no feed at all: a picture, a PDF, a database.
///
/// Text is always taken for a feed, however bad its rows; each of them is then judged by itself.
/// Compressed containers are named here too: whoever can open one looks for it first.
public final class FileSniff {
    /// How many first bytes are looked at; fewer are fine when the file is shorter.
    public static final int HEAD_BYTES = 64 * 1024;

    private static final Map<String, String> SIGNATURES = new LinkedHashMap<>();

    /// Signatures that a text may begin with, too: a column may be called ORCID.
    private static final Set<String> WORDS = Set.of("ORC", "PAR1");

    static {
        SIGNATURES.put("\u0089PNG\r\n\u001a\n", "a PNG picture");
        SIGNATURES.put("\u00ff\u00d8\u00ff", "a JPEG picture");
        SIGNATURES.put("GIF87a", "a GIF picture");
        SIGNATURES.put("GIF89a", "a GIF picture");
        SIGNATURES.put("%PDF-", "a PDF document");
        SIGNATURES.put("PK\u0003\u0004", "a zip archive or an office document");
        SIGNATURES.put("PK\u0005\u0006", "an empty zip archive");
        SIGNATURES.put("\u001f\u008b", "gzip data");
        SIGNATURES.put("(\u00b5/\u00fd", "Zstandard data");
        for (char level = '1'; level <= '9'; level++) {
            SIGNATURES.put("BZh" + level, "bzip2 data");
        }
        SIGNATURES.put("\u00fd7zXZ\u0000", "xz data");
        SIGNATURES.put("7z\u00bc\u00af'\u001c", "a 7-Zip archive");
        SIGNATURES.put("Rar!\u001a\u0007", "a RAR archive");
        SIGNATURES.put("PAR1", "a Parquet file");
        SIGNATURES.put("ORC", "an ORC file");
        SIGNATURES.put("Obj\u0001", "an Avro file");
        SIGNATURES.put("SQLite format 3\u0000", "a SQLite database");
        SIGNATURES.put("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", "an old office document");
        SIGNATURES.put("\u007fELF", "a program");
        SIGNATURES.put("\u00ff\u00fe\u0000\u0000", "text in UTF-32");
        SIGNATURES.put("\u0000\u0000\u00fe\u00ff", "text in UTF-32");
    }

    private FileSniff() {}

    /// What the file is, as a phrase for people, when it is no feed.
    ///
    /// @param head as it is in the file
    /// @param text the same in UTF-8
    /// @param kind how its rows would be read
    public static Optional<String> notAFeed(byte[] head, byte[] text, Reading.Kind kind) {
        String start = new String(head, 0, Math.min(head.length, 17), ISO_8859_1);
        for (Map.Entry<String, String> signature : SIGNATURES.entrySet()) {
            if (start.startsWith(signature.getKey()) && !isWord(start, signature.getKey())) {
                return Optional.of(signature.getValue());
            }
        }
        return hasNulBeforeFirstRow(text, kind)
                ? Optional.of("binary data or text in UTF-16 without a byte order mark")
                : Optional.empty();
    }

    /// Whether the signature is merely the beginning of a text.
    private static boolean isWord(String start, String signature) {
        char next = start.length() > signature.length() ? start.charAt(signature.length()) : 0;
        return WORDS.contains(signature) && next >= ' ' && next < 0x7f;
    }

    /// A NUL byte in a file that does not begin with a row. Behind a first row, and behind the first line
    /// of a CSV file, it is its row's fault alone.
    private static boolean hasNulBeforeFirstRow(byte[] head, Reading.Kind kind) {
        int first = 0;
        while (first < head.length && head[first] != 0 && head[first] <= ' ' && head[first] > 0) {
            first++;
        }
        boolean beginsWithRow = first + 1 < head.length && head[first] == '{' && head[first + 1] != 0;
        for (int i = 0; !beginsWithRow && i < Math.min(head.length, HEAD_BYTES); i++) {
            if (head[i] == 0) {
                return true;
            }
            if (kind == Reading.Kind.CSV && i > first && head[i] == '\n') {
                return false;
            }
        }
        return false;
    }
}
