package dev.feedline.parquet;

import java.util.Arrays;
import java.util.Optional;

/// The dictionary that the parts of one column in a row group have together.
///
/// Parts come in the order of their rows. As long as it pays and has room each adds the values that
/// those before did not have; the first part that does without ends it for all behind it, so that in
/// a chunk pages with ids come first and PLAIN ones behind them, as other writers have it; only blocks of nulls
/// may stand before.
final class SharedDictionary {
    private Optional<Dictionary> values = Optional.empty();
    private boolean open = true;

    /// Gives a part's values their ids here, or answers that the part does without.
    ///
    /// @param local the part's own dictionary, not empty
    /// @param count how many values the part has
    /// @param plainBytes what they take PLAIN
    Optional<int[]> add(Dictionary local, int count, long plainBytes) {
        if (!open) {
            return Optional.empty();
        }
        int sizeBefore = values.map(Dictionary::size).orElse(0);
        long bytesBefore = values.map(Dictionary::plainSize).orElse(0);
        var ids = new int[local.size()];
        boolean fits = addAll(local, ids);
        var all = values.orElseThrow();
        long bytesOfIds = (long) count * all.bitWidth() / Byte.SIZE;
        if (!fits || all.plainSize() - bytesBefore + bytesOfIds >= plainBytes) {
            all.cut(sizeBefore);
            open = false;
            return Optional.empty();
        }
        return Optional.of(ids);
    }

    private boolean addAll(Dictionary local, int[] ids) {
        if (values.isPresent()) {
            return local.addTo(values.get(), ids);
        }
        values = Optional.of(local.copy());
        Arrays.setAll(ids, id -> id);
        return true;
    }

    /// A part does without.
    void end() {
        open = false;
    }

    /// Whether a part without values can have pages with ids.
    boolean isInUse() {
        return open && !isEmpty();
    }

    boolean isEmpty() {
        return values.isEmpty() || values.get().size() == 0;
    }

    int bitWidth() {
        return values.orElseThrow().bitWidth();
    }

    /// What it holds in memory, about.
    long bytes() {
        return values.map(Dictionary::bytes).orElse(0L);
    }

    /// Its values, once all parts are in; none when no page has ids.
    Optional<Dictionary> values() {
        return isEmpty() ? Optional.empty() : values;
    }
}
