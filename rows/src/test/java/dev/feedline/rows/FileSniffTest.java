package dev.feedline.rows;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileSniffTest {
    /// First bytes as hex, from each format's own description.
    @ParameterizedTest
    @CsvSource({
        "89504E470D0A1A0A0000000D49484452, a PNG picture",
        "FFD8FFE000104A464946, a JPEG picture",
        "474946383961, a GIF picture",
        "255044462D312E37, a PDF document",
        "504B030414000600, a zip archive or an office document",
        "504B0506, an empty zip archive",
        "1F8B0800, gzip data",
        "28B52FFD, Zstandard data",
        "425A6839, bzip2 data",
        "FD377A585A00, xz data",
        "377ABCAF271C, a 7-Zip archive",
        "526172211A0700, a RAR archive",
        "50415231, a Parquet file",
        "4F5243, an ORC file",
        "4F626A01, an Avro file",
        "53514C69746520666F726D6174203300, a SQLite database",
        "D0CF11E0A1B11AE1, an old office document",
        "7F454C46, a program",
        "FFFE00007B000000, text in UTF-32",
        "0000FEFF0000007B, text in UTF-32",
        "7B0022006100, binary data or text in UTF-16 without a byte order mark",
        "007B0022, binary data or text in UTF-16 without a byte order mark",
        "0000000000, binary data or text in UTF-16 without a byte order mark",
        "0D0A007B7D, binary data or text in UTF-16 without a byte order mark",
        "746578740000, binary data or text in UTF-16 without a byte order mark",
    })
    void filesThatAreNoFeedsAreNamed(String hex, String name) {
        assertThat(notAFeed(bytes(hex), Reading.Kind.JSON_LINES)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "\n\n{\"a\":1}",
                "not json",
                "id,name\n1,x\n",
                "[1,2]",
                "PK",
                "ORCID,name\n",
                "PAR1;PAR2\n",
                "BZhoch,tief\n",
                "é",
                "{\"a\":\"\u0000\"}\n"
            })
    void textIsTakenForAFeedHoweverBad(String text) {
        assertThat(notAFeed(text.getBytes(ISO_8859_1), Reading.Kind.JSON_LINES)).isEmpty();
    }

    @Test
    void aByteOrderMarkOfUtf8IsNoSignOfAnotherEncoding() {
        assertThat(notAFeed(bytes("EFBBBF7B7D"), Reading.Kind.JSON_LINES)).isEmpty();
    }

    @Test
    void aNulBehindTheHeaderOfACsvFileIsItsRowsFault() {
        byte[] file = "id,name\n1,x\u0000y\n".getBytes(ISO_8859_1);
        assertThat(notAFeed(file, Reading.Kind.CSV)).isEmpty();
        assertThat(notAFeed(file, Reading.Kind.JSON_LINES)).isPresent();
    }

    @Test
    void utf16WithAMarkIsText() {
        byte[] file = "\ufeff{\"a\":1}".getBytes(StandardCharsets.UTF_16LE);
        assertThat(FileSniff.notAFeed(
                        file, "\ufeff{\"a\":1}".getBytes(StandardCharsets.UTF_8), Reading.Kind.JSON_LINES))
                .isEmpty();
    }

    private static Optional<String> notAFeed(byte[] file, Reading.Kind kind) {
        return FileSniff.notAFeed(file, file, kind);
    }

    private static byte[] bytes(String hex) {
        byte[] bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        return bytes;
    }
}
