package dev.feedline.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BookmarkBookTest {
    private static final long BAND = 900_000;
    private static final long NOW = 10_000_000;
    private static final long LONG_AGO = 1_000_000; // more than 900 s before

    @Test
    void aCommitHoldsWhatWasSeenUntilThen() {
        BookmarkBook book = enabled(Map.of());
        book.saw("orders", Map.of("a", at(NOW)), BAND);
        assertThat(committed(book)).containsOnlyKeys("orders");
        book.saw("customers", Map.of("b", at(NOW)), BAND);
        assertThat(committed(book)).containsOnlyKeys("orders", "customers");
    }

    @Test
    void theNextRunSeesWhatWasNotThereAndWhatWasWrittenAgain() {
        BookmarkBook first = enabled(Map.of());
        assertThat(first.isNew("orders", "a", at(NOW))).isTrue();
        first.saw("orders", Map.of("a", at(NOW), "old", at(LONG_AGO)), BAND);
        BookmarkBook second = enabled(throughJson(first));
        assertThat(second.isNew("orders", "a", at(NOW))).isFalse();
        assertThat(second.isNew("orders", "old", at(LONG_AGO))).isFalse();
        assertThat(second.isNew("orders", "a", at(NOW + 1))).isTrue();
        assertThat(second.isNew("orders", "b", at(NOW))).isTrue();
        assertThat(second.isNew("customers", "a", at(NOW))).isTrue();
    }

    @Test
    void ofAContextThatReadNothingNothingIsSaid() {
        BookmarkBook first = enabled(Map.of());
        first.saw("orders", Map.of("a", at(NOW)), BAND);
        BookmarkBook second = enabled(throughJson(first));
        second.saw("customers", Map.of("b", at(NOW)), BAND);
        assertThat(committed(second)).containsOnlyKeys("customers");
    }

    @Test
    void aLineOfFeedlinesIsUnderstood() {
        BookmarkBook first = enabled(Map.of());
        first.saw("orders", Map.of("a", at(NOW)), BAND);
        Map<String, Object> handed = Map.of("option", "enable", "state", throughJson(first));
        BookmarkBook second = BookmarkBook.of(Json.readObject(Json.write(handed)), NOW);
        assertThat(second.isNew("orders", "a", at(NOW))).isFalse();
        assertThat(second.isNew("orders", "b", at(NOW))).isTrue();
    }

    @Test
    void twoReadingsUnderOneContextAddUp() {
        BookmarkBook first = enabled(Map.of());
        first.saw("orders", Map.of("a", at(NOW)), BAND);
        first.saw("orders", Map.of("b", at(NOW)), BAND);
        BookmarkBook second = enabled(throughJson(first));
        assertThat(second.isNew("orders", "a", at(NOW)) || second.isNew("orders", "b", at(NOW)))
                .isFalse();
    }

    @Test
    void whatALaterRunDoesNotListStaysDone() {
        BookmarkBook first = enabled(Map.of());
        first.saw("orders", Map.of("a", at(NOW), "b", at(NOW)), BAND);
        BookmarkBook second = enabled(throughJson(first));
        second.saw("orders", Map.of("b", at(NOW)), BAND);
        BookmarkBook third = enabled(throughJson(second));
        assertThat(third.isNew("orders", "a", at(NOW))).isFalse();
        assertThat(third.isNew("orders", "b", at(NOW))).isFalse();
        assertThat(third.isNew("orders", "c", at(NOW))).isTrue();
    }

    @Test
    void neitherALongerBandNorAClockSetBackUndoesWhatIsDone() {
        BookmarkBook first = enabled(Map.of());
        first.saw("orders", Map.of("a", at(NOW - BAND)), BAND);
        BookmarkBook longer = enabled(throughJson(first));
        longer.saw("orders", Map.of(), 2 * BAND);
        assertThat(enabled(throughJson(longer)).isNew("orders", "a", at(NOW - BAND)))
                .isFalse();
        BookmarkBook earlier = BookmarkBook.of(BookmarkBook.Option.ENABLE, NOW - 10 * BAND, throughJson(first), null);
        earlier.saw("orders", Map.of(), BAND);
        assertThat(enabled(throughJson(earlier)).isNew("orders", "a", at(NOW - BAND)))
                .isFalse();
    }

    @Test
    void readingsUnderOneContextHaveTheLongestOfTheirBands() {
        BookmarkBook first = enabled(Map.of());
        first.saw("orders", Map.of("a", at(NOW - 1000)), 10);
        first.saw("orders", Map.of("b", at(NOW - 1000)), BAND);
        BookmarkBook second = enabled(throughJson(first));
        assertThat(second.isNew("orders", "a", at(NOW - 1000))).isFalse();
        assertThat(second.isNew("orders", "b", at(NOW - 1000))).isFalse();
        assertThat(second.isNew("orders", "c", at(NOW - 1000))).isTrue();
    }

    @Test
    void whatIsWrittenAgainInTheSameSecondIsToldByItsETag() {
        BookmarkBook first = enabled(Map.of());
        first.saw("orders", Map.of("a", new FileMark(NOW, "one"), "older", at(NOW)), BAND);
        BookmarkBook second = enabled(throughJson(first));
        assertThat(second.isNew("orders", "a", new FileMark(NOW, "one"))).isFalse();
        assertThat(second.isNew("orders", "a", new FileMark(NOW, "two"))).isTrue();
        assertThat(second.isNew("orders", "older", new FileMark(NOW, "one"))).isFalse();
    }

    @Test
    void aPausedRunReadsItsRangeAndMovesNothing() {
        BookmarkBook done = enabled(Map.of());
        done.saw("orders", Map.of("a", at(NOW)), BAND);
        BookmarkBook paused = BookmarkBook.of(BookmarkBook.Option.PAUSE, NOW, Map.of(), throughJson(done));
        assertThat(paused.isNew("orders", "a", at(NOW))).isTrue();
        assertThat(paused.isNew("orders", "b", at(NOW))).isFalse();
        paused.saw("orders", Map.of("a", at(NOW)), BAND);
        assertThat(committed(paused)).isNull();
    }

    private static FileMark at(long modifiedMillis) {
        return new FileMark(modifiedMillis, "");
    }

    private static BookmarkBook enabled(Map<?, ?> before) {
        return BookmarkBook.of(BookmarkBook.Option.ENABLE, NOW, before, null);
    }

    private static Map<?, ?> throughJson(BookmarkBook book) {
        return Json.readObject(Json.write(committed(book)));
    }

    /// What a commit hands over now; null when it commits nothing.
    private static Map<String, Map<String, Object>> committed(BookmarkBook book) {
        var kept = new AtomicReference<Map<String, Map<String, Object>>>();
        book.commit(kept::set);
        return kept.get();
    }
}
