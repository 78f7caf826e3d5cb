package dev.feedline.snowflake.copy;

import static dev.feedline.snowflake.copy.MadeFooter.BINARY;
import static dev.feedline.snowflake.copy.MadeFooter.I32;
import static dev.feedline.snowflake.copy.MadeFooter.I64;
import static dev.feedline.snowflake.copy.MadeFooter.LIST;
import static dev.feedline.snowflake.copy.MadeFooter.MAP;
import static dev.feedline.snowflake.copy.MadeFooter.STRUCT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Footers that would take more memory than there is, or that another reader of Thrift could read otherwise: this one
/// stands before DuckDB, which a negative place in the file ends as a whole.
class HostileFooterTest {
    private static final int PLACE = 9;

    @TempDir
    Path folder;

    @Test
    void theRestOfTheMadeFootersIsSound() throws IOException {
        ParquetFooter footer = read(chunk(made -> made.field(PLACE, I64).number(4)));
        assertThat(footer.names()).containsExactly("id");
        assertThat(footer.rows()).isEqualTo(1);
        refused(chunk(made -> made.field(PLACE, I64).number(-4)), "places column null outside of the file");
    }

    /// Thrift cuts an id to 16 bits, after a number of 64 to 32.
    @ParameterizedTest
    @ValueSource(longs = {PLACE + (1L << 16), PLACE + (1L << 32), PLACE - (1L << 16), 0, 1L << 15})
    void anIdThatIsCutElsewhereIsNoId(long id) throws IOException {
        refused(
                chunk(made -> made.field(PLACE, I64).number(4).field(id, I64).number(-4)),
                "Couldn't deserialize thrift: there is no field " + id);
    }

    @Test
    void noFieldComesTwice() throws IOException {
        refused(
                chunk(made ->
                        made.field(PLACE, I64).number(-4).field(PLACE, I64).number(4)),
                "field " + PLACE + " comes twice");
        refused(new MadeFooter().field(4, LIST).list(0, STRUCT).field(4, LIST).list(0, STRUCT), "field 4 comes twice");
    }

    /// Elsewhere such a field is skipped.
    @Test
    void aFieldOfAnotherTypeIsRefused() throws IOException {
        refused(chunk(made -> made.field(PLACE, I32).number(4)), "type 5 stands where one of type 6");
        refused(chunk(made -> made.field(PLACE, BINARY).text("abc")), "type 8 stands where one of type 6");
        refused(schema(made -> made.field(4, LIST).list(0, I32)), "type 9 stands where one of type 8");
        refused(schema(made -> made.field(5, I64).number(1)), "type 6 stands where one of type 5");
    }

    /// Elsewhere the elements are read as what they should be.
    @ParameterizedTest
    @CsvSource({"2, 3", "3, 5", "8, 8", "13, 5"})
    void aListOfAnotherTypeIsRefused(int id, int type) throws IOException {
        refused(chunk(made -> made.field(id, LIST).list(1, type).raw((byte) 0)), "a value of type " + type + " stands");
    }

    @Test
    void aNumberThatIsCutElsewhereIsRefused() throws IOException {
        refused(schema(made -> made.field(5, I32).number(1L << 32)), "has more than 32 bits");
        refused(new MadeFooter().field(2, LIST).list(Long.MIN_VALUE + 1, STRUCT), "a list is longer than what is left");
        refused(new MadeFooter().field(60, LIST).list(Long.MIN_VALUE + 1, I32), "a list is longer than what is left");
        refused(new MadeFooter().field(60, MAP).varint(1L << 32), "a list is longer than what is left");
    }

    /// One byte each in the file, and a hundred in memory.
    @Test
    void moreElementsThanAWarehouseReadsAreRefused() throws IOException {
        refused(
                new MadeFooter().field(2, LIST).list(8_500_000, STRUCT).end(8_500_000),
                "a list has 8500000 elements, more than " + ParquetFooter.MOST_ELEMENTS);
        refused(notes(5, ParquetFooter.MOST_NOTES + 1), "more than " + ParquetFooter.MOST_NOTES);
        refused(
                chunk(made -> made.field(3, LIST)
                        .list(ParquetFooter.MOST_OF_CHUNK + 1, BINARY)
                        .end(ParquetFooter.MOST_OF_CHUNK + 1)),
                "more than " + ParquetFooter.MOST_OF_CHUNK);
        assertThat(read(notes(5, ParquetFooter.MOST_NOTES)).names()).isEmpty();
    }

    /// Those of all row groups together.
    @Test
    void moreChunksThanAWarehouseReadsAreRefused() throws IOException {
        int half = ParquetFooter.MOST_CHUNKS / 2;
        assertThat(read(twoGroups(half, half)).rows()).isZero();
        refused(twoGroups(half, half + 1), "a list has " + (half + 1) + " elements, more than " + half);
    }

    @Test
    void columnsThatAreTooDeepAreRefused() throws IOException {
        assertThat(read(deep(ParquetFooter.DEEPEST)).names()).containsExactly("");
        refused(deep(ParquetFooter.DEEPEST + 1), "columns are more than " + ParquetFooter.DEEPEST + " deep");
    }

    @Test
    void whatIsEncryptedIsRefused() throws IOException {
        refused(new MadeFooter().field(8, STRUCT).end(2), "it is encrypted");
        refused(chunk(made -> made, made -> made.field(8, STRUCT).end(1)), "it is encrypted");
    }

    private static MadeFooter schema(UnaryOperator<MadeFooter> element) {
        return element.apply(new MadeFooter().field(2, LIST).list(1, STRUCT)).end(2);
    }

    private static MadeFooter deep(int groups) {
        MadeFooter made = new MadeFooter().field(2, LIST).list(groups + 2, STRUCT);
        for (int i = 0; i <= groups; i++) {
            made.field(5, I32).number(1).end(1);
        }
        return made.end(2);
    }

    private static MadeFooter notes(int id, int count) {
        return new MadeFooter().field(id, LIST).list(count, STRUCT).end(count + 1);
    }

    private static MadeFooter twoGroups(int chunks, int more) {
        return new MadeFooter()
                .field(4, LIST)
                .list(2, STRUCT)
                .field(1, LIST)
                .list(chunks, STRUCT)
                .end(chunks + 1)
                .field(1, LIST)
                .list(more, STRUCT)
                .end(more + 2);
    }

    private static MadeFooter chunk(UnaryOperator<MadeFooter> metadata) {
        return chunk(metadata, made -> made);
    }

    /// One column, one row, one piece of it, with these fields behind its path.
    private static MadeFooter chunk(UnaryOperator<MadeFooter> metadata, UnaryOperator<MadeFooter> behind) {
        MadeFooter made = new MadeFooter()
                .field(2, LIST)
                .list(2, STRUCT)
                .field(5, I32)
                .number(1)
                .end(1)
                .field(4, BINARY)
                .text("id")
                .end(1)
                .field(4, LIST)
                .list(1, STRUCT)
                .field(3, I64)
                .number(1)
                .field(1, LIST)
                .list(1, STRUCT)
                .field(3, STRUCT);
        return behind.apply(metadata.apply(made).end(1)).end(3);
    }

    private void refused(MadeFooter made, String why) {
        assertThatThrownBy(() -> read(made))
                .isInstanceOf(FileFailure.class)
                .hasMessageStartingWith("Error parsing the parquet file: ")
                .hasMessageContaining(why);
    }

    private ParquetFooter read(MadeFooter made) throws IOException {
        return ParquetFooter.read(Files.write(folder.resolve("f"), made.file()));
    }
}
