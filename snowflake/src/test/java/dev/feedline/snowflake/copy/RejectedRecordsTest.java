package dev.feedline.snowflake.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.sql.FileFormat.Compression;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The texts of bad rows, found again in the file's bytes.
class RejectedRecordsTest {
    private static final byte[] PIECES = {
        'a',
        '\n',
        '\r',
        ',',
        (byte) 0x80,
        (byte) 0xbf,
        (byte) 0xc3,
        (byte) 0xe2,
        (byte) 0x82,
        (byte) 0xac,
        (byte) 0xed,
        (byte) 0xa0,
        (byte) 0xf0,
        (byte) 0x9f,
        (byte) 0xf4,
        (byte) 0xff
    };

    @TempDir
    Path folder;

    /// Whatever the bytes are: those before a character's place are read as the characters before it.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyCharacterIsFound(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] file = new byte[500];
        for (int i = 0; i < file.length; i++) {
            file[i] = PIECES[random.nextInt(PIECES.length)];
        }
        String text = text(file);
        List<FileFailure> located = locate(file, failures(text));
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isLowSurrogate(text.charAt(i))) {
                int offset = located.get(i).text().byteOffset().intValue();
                assertThat(text(Arrays.copyOf(file, offset)))
                        .as("of seed " + seed + ", before character " + i)
                        .isEqualTo(text.substring(0, i));
            }
        }
    }

    /// A character lies across the end of what is read at once.
    @Test
    void aCharacterIsFoundFarBehind() throws IOException {
        String text = "x" + "€".repeat(100_000);
        FileFailure last = locate(text.getBytes(StandardCharsets.UTF_8), List.of(failure(1, 100_001)))
                .getFirst();
        assertThat(last.text().byteOffset()).isEqualTo(299_998);
    }

    @Test
    void aRecordIsNotCutWithinACharacter() throws IOException {
        String row = "x".repeat(RejectedRecords.LONGEST - 2) + "€€";
        FileFailure failure = failure(1, 1).of(new FileFailure.Span(1, 1, 1, row.length() + 1));
        assertThat(record(row + "\n", failure)).isEqualTo("x".repeat(RejectedRecords.LONGEST - 2));
    }

    @Test
    void aRecordThatIsMoreThanWhatIsLeftHasNoTextAndAShorterOneHas() throws IOException {
        String row = "x".repeat(RejectedRecords.LONGEST - 1) + "\n";
        int full = RejectedRecords.MOST / row.length();
        String text = "y\n" + row.repeat(full) + "z\n";
        List<FileFailure> failures = new ArrayList<>();
        failures.add(failure(1, 1).of(new FileFailure.Span(1, 1, 1, 2)));
        for (int line = 2; line < full + 2; line++) {
            failures.add(failure(line, 1).of(new FileFailure.Span(line, 1, line + 1, 1)));
        }
        failures.add(failure(full + 2, 1).of(new FileFailure.Span(full + 2, 1, full + 2, 2)));
        List<String> records = locate(text.getBytes(StandardCharsets.UTF_8), failures).stream()
                .map(failure -> failure.text().record())
                .toList();
        assertThat(records.getFirst()).isEqualTo("y");
        assertThat(records.get(full - 1)).isEqualTo(row);
        assertThat(records.get(full)).isNull();
        assertThat(records.getLast()).isEqualTo("z");
    }

    private String record(String text, FileFailure failure) throws IOException {
        return locate(text.getBytes(StandardCharsets.UTF_8), List.of(failure))
                .getFirst()
                .text()
                .record();
    }

    private List<FileFailure> locate(byte[] file, List<FileFailure> failures) throws IOException {
        Path path = Files.write(folder.resolve("f"), file);
        return new RejectedRecords(path, Compression.NONE, false).locate(failures);
    }

    /// One at each character.
    private static List<FileFailure> failures(String text) {
        List<FileFailure> failures = new ArrayList<>();
        long line = 1;
        long character = 1;
        for (int i = 0; i < text.length(); i++) {
            char last = i == 0 ? ' ' : text.charAt(i - 1);
            if (last == '\n' || (last == '\r' && text.charAt(i) != '\n')) {
                line++;
                character = 1;
            }
            failures.add(failure(line, character++));
        }
        return failures;
    }

    /// As the rows' reader decodes it.
    private static String text(byte[] bytes) throws IOException {
        try (Reader text =
                StagedText.characters(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8, "\ufffd", false)) {
            return text.readAllAsString();
        }
    }

    private static FileFailure failure(long line, long character) {
        return new FileFailure(
                SnowflakeError.BAD_FILE, "bad", new FileFailure.Place(null, line, character, null), null);
    }
}
