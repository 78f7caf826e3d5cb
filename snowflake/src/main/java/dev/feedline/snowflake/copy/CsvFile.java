package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.sql.CsvFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A staged CSV file, read record by record: its header, then its rows.
final class CsvFile {
    /// Stands for bytes that are no characters until their field is refused; no text has this noncharacter.
    static final char INVALID = '\uFFFF';

    private CsvFile() {}

    /// Takes one row; told nothing of blank lines that are skipped.
    @FunctionalInterface
    interface RowReader<E extends Exception> {
        /// @throws FileFailure for a bad row, which the reading survives
        void read(CsvRecord row, long number) throws E;
    }

    /// Reads every row.
    ///
    /// @return how many there were, with the bad ones
    static <E extends Exception> long read(Path path, CsvFormat format, RowErrors errors, RowReader<E> reader)
            throws E {
        try (InputStream bytes = StagedText.open(path, format.compression());
                Reader text = text(bytes, format)) {
            CsvReader csv = new CsvReader(text, format);
            CsvRecord row = new CsvRecord();
            for (int i = 0; i < format.skipHeader(); i++) {
                csv.skipLine();
            }
            if (format.parseHeader()) {
                csv.next(row);
            }
            long number = 0;
            while (csv.next(row)) {
                if (format.skipBlankLines() && row.isBlank()) {
                    continue;
                }
                number++;
                try {
                    reader.read(row, number);
                } catch (FileFailure e) {
                    CsvRecord.Field first = row.field(0);
                    errors.add(e.startingOn(row.line())
                            .of(new FileFailure.Span(
                                    first.line(), first.character(), row.endLine(), row.endCharacter())));
                }
            }
            errors.locate(
                    new RejectedRecords(path, format.compression(), format.skipByteOrderMark()), format.charset());
            return number;
        } catch (IOException e) {
            throw StagedText.failure(e);
        }
    }

    /// The names in the first line; empty for an empty file.
    static Optional<List<String>> header(Path path, CsvFormat format) {
        try (InputStream bytes = StagedText.open(path, format.compression());
                Reader text = text(bytes, format)) {
            CsvRecord header = new CsvRecord();
            if (!new CsvReader(text, format).next(header)) {
                return Optional.empty();
            }
            List<String> names = new ArrayList<>();
            for (int i = 0; i < header.size(); i++) {
                names.add(header.field(i).text());
            }
            return Optional.of(names);
        } catch (IOException e) {
            throw StagedText.failure(e);
        }
    }

    private static Reader text(InputStream bytes, CsvFormat format) throws IOException {
        String replacement = format.replaceInvalidCharacters() ? "\uFFFD" : String.valueOf(INVALID);
        return StagedText.characters(bytes, format.charset(), replacement, format.skipByteOrderMark());
    }
}
