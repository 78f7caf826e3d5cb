package dev.feedline.snowflake;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The statements under `dialect/`, a file per family: each stands below the page of Snowflake's documentation it comes
/// from and above the rows that the page says, written by hand.
final class DialectCases {
    /// @param page below docs.snowflake.com/en/sql-reference, with what is shown
    /// @param expected rows, or one line `! ` and the SQL state of the refusal
    record Case(String family, String page, String sql, List<String> expected) {
        Optional<String> refusal() {
            return expected.size() == 1 && expected.getFirst().startsWith("! ")
                    ? Optional.of(expected.getFirst().substring(2))
                    : Optional.empty();
        }

        /// The page without what is shown of it.
        String source() {
            return page.replaceAll(":.*", "");
        }

        @Override
        public String toString() {
            return family + ": " + sql;
        }
    }

    private DialectCases() {}

    /// Blocks are parted by empty lines; a block of comments alone belongs to the file.
    static List<Case> read(String family) {
        List<Case> cases = new ArrayList<>();
        String page = "";
        String sql = "";
        List<String> expected = new ArrayList<>();
        for (String line : (text(family) + "\n\n").lines().toList()) {
            if (line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("-- ")) {
                page = line.substring(3);
            } else if (sql.isEmpty()) {
                sql = line;
            } else if (line.isEmpty()) {
                cases.add(new Case(family, page, sql, List.copyOf(expected)));
                sql = "";
                expected.clear();
            } else {
                expected.add(line);
            }
        }
        return cases;
    }

    private static String text(String family) {
        try (InputStream in = DialectCases.class.getResourceAsStream("/dialect/" + family + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
