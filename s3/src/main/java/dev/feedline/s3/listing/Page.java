package dev.feedline.s3.listing;

import dev.feedline.s3.state.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One page of a listing while it is being filled: entries, and common prefixes that stand for many.
///
/// Every listing of S3 (objects, versions, uploads) rolls keys up in the same way; what differs is where the next
/// entries come from.
public final class Page<E> {
    /// What became of an entry that was offered.
    public sealed interface Offer {
        /// It is on the page.
        record Taken() implements Offer {}

        /// A common prefix stands for it and for everything below `next`.
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record RolledUp(byte[] next) implements Offer {}

        /// The page is full, and this entry begins the next one.
        record Full() implements Offer {}
    }

    private final byte[] prefix;
    private final byte[] delimiter;
    private final int limit;
    private final List<E> entries = new ArrayList<>();
    private final List<String> commonPrefixes = new ArrayList<>();
    private byte @Nullable [] last;

    /// @param limit entries and common prefixes together
    public Page(byte[] prefix, byte[] delimiter, int limit) {
        this.prefix = prefix;
        this.delimiter = delimiter;
        this.limit = limit;
    }

    public Offer offer(byte[] key, E entry) {
        if (entries.size() + commonPrefixes.size() >= limit) {
            return new Offer.Full();
        }
        Optional<byte[]> common = commonPrefix(key);
        last = common.orElse(key);
        if (common.isPresent()) {
            commonPrefixes.add(Key.text(common.get()));
            return new Offer.RolledUp(Key.afterAll(common.get()));
        }
        entries.add(entry);
        return new Offer.Taken();
    }

    public List<E> entries() {
        return entries;
    }

    public List<String> commonPrefixes() {
        return commonPrefixes;
    }

    /// The last key or common prefix on the page.
    public @Nullable String lastName() {
        return last == null ? null : Key.text(last);
    }

    /// How many more the page takes.
    public int room() {
        return limit - entries.size() - commonPrefixes.size();
    }

    /// The part of the key up to the first delimiter after the prefix.
    private Optional<byte[]> commonPrefix(byte[] key) {
        if (delimiter.length == 0) {
            return Optional.empty();
        }
        for (int at = prefix.length; at + delimiter.length <= key.length; at++) {
            if (Arrays.equals(key, at, at + delimiter.length, delimiter, 0, delimiter.length)) {
                return Optional.of(Arrays.copyOf(key, at + delimiter.length));
            }
        }
        return Optional.empty();
    }
}
