package dev.feedline.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BookmarkBookTest {
    private static final long BAND = 900_000;
    private static final long NOW = 10_000_000;
    private static final long LONG_AGO = 1_000_000; // more than 900 s before

    @Test
    void nothingIsReportedBeforeCommit() {
        BookmarkBook book = enabled(Map.of());
        book.saw("orders", Map.of("a", NOW), BAND);
        assertThat(book.committed()).isNull();
        book.commit();
        assertThat(book.committed()).containsOnlyKeys("orders");
    }

    @Test
    void theNextRunSeesWhatWasNotThereAndWhatWasWrittenAgain() {
        BookmarkBook first = enabled(Map.of());
        assertThat(first.isNew("orders", "a", NOW)).isTrue();
        first.saw("orders", Map.of("a", NOW, "old", LONG_AGO), BAND);
        first.commit();
        BookmarkBook second = enabled(throughJson(first));
        assertThat(second.isNew("orders", "a", NOW)).isFalse();
        assertThat(second.isNew("orders", "old", LONG_AGO)).isFalse();
        assertThat(second.isNew("orders", "a", NOW + 1)).isTrue();
        assertThat(second.isNew("orders", "b", NOW)).isTrue();
        assertThat(second.isNew("customers", "a", NOW)).isTrue();
    }

    @Test
    void ofAContextThatReadNothingNothingIsSaid() {
        BookmarkBook first = enabled(Map.of());
        first.saw("orders", Map.of("a", NOW), BAND);
        first.commit();
        BookmarkBook second = enabled(throughJson(first));
        second.saw("customers", Map.of("b", NOW), BAND);
        second.commit();
        assertThat(second.committed()).containsOnlyKeys("customers");
    }

    @Test
    void aLineOfFeedlinesIsUnderstood() {
        BookmarkBook first = enabled(Map.of());
        first.saw("orders", Map.of("a", NOW), BAND);
        first.commit();
        Map<String, Object> handed = Map.of("option", "enable", "state", throughJson(first));
        BookmarkBook second = BookmarkBook.of(Json.readObject(Json.write(handed)), NOW);
        assertThat(second.isNew("orders", "a", NOW)).isFalse();
        assertThat(second.isNew("orders", "b", NOW)).isTrue();
    }

    @Test
    void twoReadingsUnderOneContextAddUp() {
        BookmarkBook first = enabled(Map.of());
        first.saw("orders", Map.of("a", NOW), BAND);
        first.saw("orders", Map.of("b", NOW), BAND);
        first.commit();
        BookmarkBook second = enabled(throughJson(first));
        assertThat(second.isNew("orders", "a", NOW) || second.isNew("orders", "b", NOW))
                .isFalse();
    }

    @Test
    void aPausedRunReadsItsRangeAndMovesNothing() {
        BookmarkBook done = enabled(Map.of());
        done.saw("orders", Map.of("a", NOW), BAND);
        done.commit();
        BookmarkBook paused = BookmarkBook.of(BookmarkBook.Option.PAUSE, NOW, Map.of(), throughJson(done));
        assertThat(paused.isNew("orders", "a", NOW)).isTrue();
        assertThat(paused.isNew("orders", "b", NOW)).isFalse();
        paused.saw("orders", Map.of("a", NOW), BAND);
        paused.commit();
        assertThat(paused.committed()).isNull();
    }

    private static BookmarkBook enabled(Map<?, ?> before) {
        return BookmarkBook.of(BookmarkBook.Option.ENABLE, NOW, before, null);
    }

    private static Map<?, ?> throughJson(BookmarkBook book) {
        return Json.readObject(Json.write(book.committed()));
    }
}
