package dev.feedline.parquet;

import dev.feedline.rows.batch.LeafValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One column of the row group being filled: entries come in, pages come out.
///
/// A page is cut and compressed when it is full, and always begins with a row, as the offset
/// index requires.
abstract class ColumnWriter {
    /// Keeps a page of hardly any bytes (nulls, one value) decodable in little memory.
    static final int MAX_PAGE_ENTRIES = 1 << 20;

    final Leaf leaf;
    final ByteBuilder plain = new ByteBuilder(PageWriter.ROOM_FOR_LEVELS, 64);
    private final PageWriter pageWriter;
    private final Footprint footprint;
    private final int pageBytes;
    private List<Page> pages = new ArrayList<>();
    private Levels levels;
    private long held;

    ColumnWriter(Leaf leaf, PageWriter pageWriter, Footprint footprint, int pageBytes) {
        this.leaf = leaf;
        this.pageWriter = pageWriter;
        this.footprint = footprint;
        this.pageBytes = pageBytes;
        this.levels = new Levels(leaf);
    }

    /// An entry without a value: a null, an empty list, or a missing parent.
    final void addAbsent(int repetition, int definition) throws IOException {
        startEntry(repetition, definition);
    }

    /// Adds a batch's entries.
    ///
    /// @param data where its slices lie
    void addAll(LeafValues batch, byte[] data) throws IOException {
        addFrom(batch, data, 0, 0);
    }

    /// Adds a batch's entries from one on, and its values from one on.
    final void addFrom(LeafValues batch, byte[] data, int firstEntry, int firstValue) throws IOException {
        int value = firstValue;
        for (int entry = firstEntry; entry < batch.entries(); ) {
            if (batch.startsRow(entry) && isFull(levels.count(), valueBytes())) {
                cutPlainPage();
            }
            int sizeBefore = plain.size();
            int end = fill(batch, data, entry, value);
            hold(plain.size() - sizeBefore);
            startEntries(batch, entry, end);
            value += batch.values(entry, end);
            entry = end;
        }
    }

    /// Puts the values of a batch's entries behind the others of the page, PLAIN, from one entry
    /// and one value on up to where a row begins and the page [#isFullWith] them, and returns
    /// where that is.
    abstract int fill(LeafValues batch, byte[] data, int firstEntry, int firstValue);

    /// The rest of the row group; the column is empty afterwards, ready for the next.
    final ColumnPages finish() throws IOException {
        var dictionary = finishDictionary();
        if (levels.count() > 0) {
            cutPlainPage();
        }
        var finished = new ColumnPages(leaf, dictionary, List.copyOf(pages));
        pages = new ArrayList<>();
        release();
        return finished;
    }

    /// Forgets what the row groups before have taught, between two of them.
    void forget() {}

    /// Becomes a part of a row group, behind the parts that have joined before.
    void join(SharedDictionary shared) {
        shared.end();
    }

    /// At most what it will take as a finished part of a row group, about.
    long partBytes() {
        return pages.stream().mapToLong(Page::size).sum() + valueBytes() + levelBytes(levels.count());
    }

    /// The bounds of all PLAIN values.
    abstract Bounds boundsOfPlain();

    /// The PLAIN values as they stand in a page.
    ByteBuilder plainValues() {
        return plain;
    }

    /// Makes all pages that refer to a dictionary, if there is one, and hands it out.
    Optional<Page> finishDictionary() throws IOException {
        return Optional.empty();
    }

    /// What the PLAIN values so far take.
    final int valueBytes() {
        return plain.size() - plain.front();
    }

    boolean pageMayBeCut() {
        return true;
    }

    final void startEntry(int repetition, int definition) throws IOException {
        if (repetition == 0 && pageMayBeCut() && isFull(levels.count(), valueBytes())) {
            cutPlainPage();
        }
        levels.add(repetition, definition);
        hold(levels.bytesPerEntry());
    }

    /// How many entries with values of so many bytes the page surely takes, one at least: to be
    /// started together.
    final int roomInPage(int bytesOfValue) throws IOException {
        if (isFull(levels.count(), valueBytes())) {
            cutPlainPage();
        }
        long left = pageBytes - valueBytes() - (long) levels.count() * levels.bitsPerEntry() / Byte.SIZE;
        long room = left / (bytesOfValue + levels.bytesPerEntry());
        return (int) Math.max(1, Math.min(room, MAX_PAGE_ENTRIES - levels.count()));
    }

    /// Starts entries for which there is room in the page.
    final void startEntries(LeafValues batch, int from, int to) {
        levels.addAll(batch.repetitions(), batch.definitions(), from, to);
        hold((long) (to - from) * levels.bytesPerEntry());
    }

    /// Whether the page is full with so many entries more, whose values it has.
    final boolean isFullWith(int entries) {
        return isFull(levels.count() + entries, valueBytes());
    }

    /// With fewer bytes of values the page is not full with so many entries more, nor with fewer.
    final int bytesSurelyNotFullWith(int entries) {
        long all = (long) levels.count() + entries;
        return all >= MAX_PAGE_ENTRIES ? 0 : (int) Math.max(0, pageBytes - levelBytes(all));
    }

    private long levelBytes(long entries) {
        return entries * levels.bitsPerEntry() / Byte.SIZE;
    }

    final boolean isFull(int entries, long valueBytes) {
        return entries >= MAX_PAGE_ENTRIES || valueBytes + levelBytes(entries) >= pageBytes;
    }

    final void addPage(int from, int to, Encoding encoding, ByteBuilder values, Bounds bounds) throws IOException {
        pages.add(pageWriter.dataPage(leaf, levels, from, to, encoding, values, bounds));
    }

    final PageWriter pageWriter() {
        return pageWriter;
    }

    final Levels levels() {
        return levels;
    }

    /// Hands out the levels so far and begins anew.
    final Levels takeLevels() {
        var taken = levels;
        levels = new Levels(leaf);
        release();
        return taken;
    }

    /// How much of the row group is in, about.
    final double shareOfGroup() {
        return footprint.share();
    }

    final void hold(long bytes) {
        held += bytes;
        footprint.add(bytes);
    }

    /// Counts what is held again: levels and PLAIN values.
    final void holdAnew() {
        release();
        hold((long) levels.count() * levels.bytesPerEntry() + valueBytes());
    }

    private void release() {
        footprint.add(-held);
        held = 0;
    }

    /// The page of all PLAIN values, whatever it is encoded in.
    Page plainPage() throws IOException {
        return page(Encoding.PLAIN, plainValues(), boundsOfPlain());
    }

    /// A page of all entries, whose values are encoded so.
    final Page page(Encoding encoding, ByteBuilder values, Bounds bounds) throws IOException {
        return pageWriter.dataPage(leaf, levels, 0, levels.count(), encoding, values, bounds);
    }

    private void cutPlainPage() throws IOException {
        pages.add(plainPage());
        hold(pages.get(pages.size() - 1).size() - valueBytes() - (long) levels.count() * levels.bytesPerEntry());
        plain.clear();
        levels.clear();
    }
}
