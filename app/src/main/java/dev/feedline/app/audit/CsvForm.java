package dev.feedline.app.audit;

import dev.feedline.rows.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// A row as delimited cells: one text for each column that has a value.
record CsvForm(CsvDialectTerms dialect) implements RowForm {
    @Override
    public Json.Obj read(byte[] row) throws NotARow {
        return new Reader(text(row)).row();
    }

    @Override
    public Json as(Type type, Json value) {
        return value instanceof Json.Text text ? CellValue.of(type, text) : value;
    }

    private static String text(byte[] row) throws NotARow {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(row))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                throw new NotARow("it has a NUL, which is no text");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new NotARow("it is no text in the file's encoding");
        }
    }

    /// Goes through one row.
    private final class Reader {
        private final String row;
        private final Map<String, Json> cells = new LinkedHashMap<>();
        private int at;
        private boolean quoteInPlainCell;
        private boolean lineEndInQuotes;

        Reader(String row) {
            this.row = row;
        }

        Json.Obj row() throws NotARow {
            int place = 0;
            cell(place++);
            while (at < row.length()) {
                at++;
                cell(place++);
            }
            if (place < dialect.columns().size()) {
                throw new NotARow("it has too few cells, " + place);
            }
            if (quoteInPlainCell && lineEndInQuotes) {
                throw new NotARow("a quoted cell goes over a line end and another has a quote in it");
            }
            return new Json.Obj(cells, row);
        }

        private void cell(int place) throws NotARow {
            if (place == dialect.columns().size()) {
                throw new NotARow("it has more than " + place + " cells");
            }
            if (at < row.length() && row.charAt(at) == dialect.quote()) {
                at++;
                put(place, quoted());
            } else if (!passNull()) {
                put(place, plain());
            }
        }

        private void put(int place, String text) {
            cells.put(dialect.columns().get(place), new Json.Text(text, text));
        }

        private boolean passNull() {
            for (String none : dialect.nulls()) {
                int end = at + none.length();
                if (row.startsWith(none, at) && (end == row.length() || row.charAt(end) == dialect.delimiter())) {
                    at = end;
                    return true;
                }
            }
            return false;
        }

        private String plain() {
            StringBuilder text = new StringBuilder();
            while (at < row.length() && row.charAt(at) != dialect.delimiter()) {
                char c = unescaped();
                quoteInPlainCell |= c == dialect.quote();
                text.append(c);
            }
            return text.toString();
        }

        private String quoted() throws NotARow {
            StringBuilder text = new StringBuilder();
            while (at < row.length()) {
                char c = row.charAt(at);
                if (c != dialect.quote()) {
                    lineEndInQuotes |= c == '\n' || c == '\r';
                    text.append(unescaped());
                } else if (row.startsWith(String.valueOf(c), at + 1)) {
                    text.append(c);
                    at += 2;
                } else {
                    at++;
                    if (at < row.length() && row.charAt(at) != dialect.delimiter()) {
                        throw new NotARow("text follows right behind a quoted cell");
                    }
                    return text.toString();
                }
            }
            throw new NotARow("a quoted cell is not closed");
        }

        /// The next character; behind the escape character the one that it is for.
        private char unescaped() {
            if (row.charAt(at) == dialect.escape() && at + 1 < row.length()) {
                at++;
            }
            return row.charAt(at++);
        }
    }
}
