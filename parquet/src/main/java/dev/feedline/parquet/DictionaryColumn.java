package dev.feedline.parquet;

import dev.feedline.rows.batch.LeafValues;
import java.io.IOException;
import java.util.Optional;

/// A column whose values get ids of a [Dictionary] as long as that pays.
///
/// The choice is made for a whole row group: when the dictionary is full, or at the end takes
/// more than the values themselves, every page is PLAIN.
abstract class DictionaryColumn extends ColumnWriter {
    /// A place in the table and in the list of values.
    private static final int BYTES_OF_ENTRY = 16;

    /// So many row groups after one whose dictionary was full begin without: the next is likely
    /// to be like it.
    private static final int GROUPS_WITHOUT = 7;

    /// A dictionary of fewer values is tried further.
    private static final int LEAST_JUDGED = 768;

    /// How often each value has to come on average.
    private static final long LEAST_REPEATS = 3;

    private final Dictionary dictionary;
    private final Ids ids = new Ids();
    private Optional<Place> place = Optional.empty();
    private boolean inDictionary = true;
    private int knownIds;
    private long plainBytesOfIds;
    private int groupsWithout;

    /// The column as a part of a row group whose dictionary it shares.
    ///
    /// @param ids those that the dictionary's values have there; none when the part does without
    /// @param bitWidth of the ids so far
    private record Place(Optional<int[]> ids, int bitWidth) {}

    DictionaryColumn(Leaf leaf, Dictionary dictionary, PageWriter pageWriter, Footprint footprint, int pageBytes) {
        super(leaf, pageWriter, footprint, pageBytes);
        this.dictionary = dictionary;
    }

    /// The bounds of the values with these ids.
    abstract Bounds boundsOfIds(Ids ids, int from, int to);

    /// The bounds of all values that have ids.
    abstract Bounds boundsOfAllIds();

    final boolean inDictionary() {
        return inDictionary;
    }

    /// Gives ids to a batch's values in order, until the dictionary is full, and returns how many
    /// got one.
    abstract int addIds(LeafValues batch, byte[] data, Ids ids);

    @Override
    final void addAll(LeafValues batch, byte[] data) throws IOException {
        if (!inDictionary) {
            addPlain(batch, data, 0, 0);
            return;
        }
        int taken = addIds(batch, data, ids);
        int entries = taken == batch.count() ? batch.entries() : entryOfValue(batch, taken);
        startEntries(batch, 0, entries);
        hold((long) taken * Integer.BYTES);
        holdNewIds();
        if (taken < batch.count() || isTooDistinct()) {
            dictionaryIsFull();
            addPlain(batch, data, entries, taken);
        }
    }

    /// Adds a batch's entries from one on, and its values from one on, without the dictionary.
    void addPlain(LeafValues batch, byte[] data, int firstEntry, int firstValue) throws IOException {
        addFrom(batch, data, firstEntry, firstValue);
    }

    private int entryOfValue(LeafValues batch, int value) {
        int entry = 0;
        for (int before = 0; before < value || !batch.isValue(entry); entry++) {
            before += batch.isValue(entry) ? 1 : 0;
        }
        return entry;
    }

    /// Whether it is to be expected that the dictionary will not pay: that the row group's values
    /// will not come often enough, on average.
    private boolean isTooDistinct() {
        double expected = ids.count() / shareOfGroup();
        return dictionary.size() >= LEAST_JUDGED && LEAST_REPEATS * likelyDistinct() > expected;
    }

    /// From how many values those so far were drawn, if each is as likely: of n drawn from D a share of
    /// 1 - (1 - exp(-n/D)) D/n came before, here turned round by its series.
    private double likelyDistinct() {
        double drawn = ids.count();
        double again = (drawn - dictionary.size()) / drawn;
        return drawn / (again * (2 + again * (4.0 / 3 + again * 10 / 9)));
    }

    private void holdNewIds() {
        for (; knownIds < dictionary.size(); knownIds++) {
            hold(dictionary.plainSize(knownIds) + BYTES_OF_ENTRY);
        }
    }

    /// Counts what values with ids would take PLAIN.
    final void countPlain(long bytes) {
        plainBytesOfIds += bytes;
    }

    /// Adds a value by its id.
    final void addId(int repetition, int id) throws IOException {
        startEntry(repetition, leaf.maxDefinition());
        ids.add(id);
        plainBytesOfIds += dictionary.plainSize(id);
        hold(Integer.BYTES);
        if (id == knownIds) {
            knownIds++;
            hold(dictionary.plainSize(id) + BYTES_OF_ENTRY);
        }
    }

    /// Goes on without the dictionary, which is full.
    final void dictionaryIsFull() throws IOException {
        groupsWithout = GROUPS_WITHOUT + 1;
        leaveDictionary();
    }

    @Override
    final void forget() {
        groupsWithout = 0;
        inDictionary = true;
    }

    private void leaveDictionary() throws IOException {
        inDictionary = false;
        if (isFull(levels().count(), plainBytesOfIds)) {
            playAgain();
        } else {
            for (int value = 0; value < ids.count(); value++) {
                dictionary.putPlain(ids.get(value), plain);
            }
            holdAnew();
        }
        forgetIds();
    }

    // All entries so far, PLAIN this time, with pages cut where they are full.
    private void playAgain() throws IOException {
        var entries = takeLevels();
        int next = 0;
        for (int entry = 0; entry < entries.count(); entry++) {
            startEntry(entries.repetition(entry), entries.definition(entry));
            if (entries.holdsValue(entry)) {
                int id = ids.get(next++);
                dictionary.putPlain(id, plain);
                hold(dictionary.plainSize(id));
            }
        }
    }

    @Override
    final boolean pageMayBeCut() {
        return !inDictionary;
    }

    @Override
    final void join(SharedDictionary shared) {
        if (!inDictionary) {
            shared.end();
        } else if (ids.count() > 0) {
            var shares = shared.add(dictionary, ids.count(), plainBytesOfIds);
            place = Optional.of(new Place(shares, shares.isEmpty() ? 0 : shared.bitWidth()));
        } else if (shared.isInUse()) {
            place = Optional.of(new Place(Optional.of(new int[0]), shared.bitWidth()));
        } else if (leaf.maxRepetition() > 0) {
            // In repeated columns Spark 4.1.1 fails at ids behind a PLAIN page: it counts that page's entries
            // for the places of the ids, and does not make room for them.
            shared.end();
        }
    }

    @Override
    final long partBytes() {
        if (!inDictionary) {
            return super.partBytes();
        }
        return super.partBytes() + (pays() ? bytesOfIds() : plainBytesOfIds);
    }

    @Override
    final Optional<Page> finishDictionary() throws IOException {
        if (inDictionary && !pays()) {
            leaveDictionary();
        }
        Optional<Page> page = Optional.empty();
        if (inDictionary) {
            page = place.isEmpty() ? Optional.of(pageWriter().dictionaryPage(leaf, dictionary)) : Optional.empty();
            cutDictionaryPages();
            forgetIds();
            levels().clear();
        }
        groupsWithout = Math.max(0, groupsWithout - 1);
        inDictionary = groupsWithout == 0;
        place = Optional.empty();
        return page;
    }

    private boolean pays() {
        return place.isEmpty() ? ownDictionaryPays() : place.get().ids().isPresent();
    }

    private boolean ownDictionaryPays() {
        return dictionary.size() > 0 && dictionary.plainSize() + bytesOfIds() < plainBytesOfIds;
    }

    private long bytesOfIds() {
        return (long) ids.count() * bitWidth() / Byte.SIZE;
    }

    private int bitWidth() {
        return place.isEmpty() ? dictionary.bitWidth() : place.get().bitWidth();
    }

    private void cutDictionaryPages() throws IOException {
        var entries = levels();
        if (!isFull(entries.count(), bytesOfIds())) {
            cutDictionaryPage(0, entries.count(), 0, ids.count());
            return;
        }
        int bitWidth = bitWidth();
        int from = 0;
        int fromValue = 0;
        int value = 0;
        for (int entry = 0; entry < entries.count(); entry++) {
            if (entries.startsRow(entry) && isFull(entry - from, (value - fromValue) * (long) bitWidth / Byte.SIZE)) {
                cutDictionaryPage(from, entry, fromValue, value);
                from = entry;
                fromValue = value;
            }
            value += entries.holdsValue(entry) ? 1 : 0;
        }
        cutDictionaryPage(from, entries.count(), fromValue, value);
    }

    private void cutDictionaryPage(int from, int to, int fromValue, int toValue) throws IOException {
        // Every value of the dictionary is in some page.
        boolean isOnly = toValue - fromValue == ids.count();
        var bounds = isOnly ? boundsOfAllIds() : boundsOfIds(ids, fromValue, toValue);
        place.flatMap(Place::ids).ifPresent(shared -> ids.translate(fromValue, toValue, shared));
        var values = new ByteBuilder(PageWriter.ROOM_FOR_LEVELS, 64);
        ids.encode(fromValue, toValue, bitWidth(), values);
        addPage(from, to, Encoding.RLE_DICTIONARY, values, bounds);
    }

    private void forgetIds() {
        ids.clear();
        dictionary.clear();
        knownIds = 0;
        plainBytesOfIds = 0;
    }
}
