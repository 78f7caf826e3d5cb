package dev.feedline.feeds.ingest;

import dev.feedline.feeds.ContainerLimits;
import dev.feedline.feeds.FeedSettings;
import dev.feedline.rows.CsvDialect;
import dev.feedline.rows.CsvSniff;
import dev.feedline.rows.FileSniff;
import dev.feedline.rows.KindSniff;
import dev.feedline.rows.Reading;
import dev.feedline.rows.TextEncoding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a first look at a file says: how it is packed, how it is read, and whether it can be.
///
/// @param notAFeed what it is instead, when it has no rows at all
/// @param refusal why it cannot be read as the feed's definition wants
public record FileLook(
        Container container,
        Reading reading,
        @Nullable String notAFeed,
        @Nullable String refusal) {

    /// @param name the file's name, whose extension counts where the content leaves something open
    public static FileLook at(StoredFile file, String name, FeedSettings settings, ContainerLimits limits)
            throws IOException {
        byte[] start = file.head(FileSniff.HEAD_BYTES);
        Container container = Container.of(start);
        byte[] head = container == Container.PLAIN ? start : unpacked(container, file, FileSniff.HEAD_BYTES, limits);
        TextEncoding encoding = TextEncoding.ofMark(head).orElse(settings.encoding());
        byte[] text = encoding.toUtf8(new ByteArrayInputStream(head)).readAllBytes();
        boolean isWhole = head.length < FileSniff.HEAD_BYTES;
        Reading.Kind kind = kind(settings, text, isWhole, name);
        Optional<String> notAFeed = FileSniff.notAFeed(head, text, kind);
        if (notAFeed.isPresent()) {
            return new FileLook(container, Reading.JSON_LINES, notAFeed.get(), null);
        }
        if (kind != Reading.Kind.CSV) {
            return new FileLook(container, new Reading(kind, encoding, null), null, null);
        }
        boolean tabs = settings.format() == FeedSettings.Format.TSV
                || (settings.format() == FeedSettings.Format.AUTO && KindSniff.isTsvByName(name));
        CsvSniff sniff = settings.csv().sniff(text, isWhole, tabs);
        try {
            CsvDialect dialect = settings.csv().dialect(sniff, settings.csv().columns());
            CsvLook first = CsvLook.at(head, isWhole, encoding, dialect);
            if (first.isCut()) {
                byte[] more = unpacked(container, file, CsvLook.MAX_HEADER_BYTES, limits);
                first = CsvLook.at(more, more.length < CsvLook.MAX_HEADER_BYTES, encoding, dialect);
            }
            CsvDialect named = first.named(dialect, settings.csv(), encoding);
            return new FileLook(container, new Reading(kind, encoding, named), null, null);
        } catch (CsvLook.BadHeaderException e) {
            return new FileLook(container, Reading.JSON_LINES, null, "CSV-HEADER: " + e.getMessage());
        }
    }

    private static Reading.Kind kind(FeedSettings settings, byte[] text, boolean isWhole, String name) {
        return switch (settings.format()) {
            case AUTO -> KindSniff.of(text, isWhole, name, settings.csv().isDeclared());
            case JSONL -> Reading.Kind.JSON_LINES;
            case JSON -> Reading.Kind.JSON;
            case CSV, TSV -> Reading.Kind.CSV;
        };
    }

    /// The first bytes of the rows themselves; as many as there are when the container is cut off or damaged, which the
    /// first pass finds again.
    private static byte[] unpacked(Container container, StoredFile file, int count, ContainerLimits limits)
            throws IOException {
        byte[] bytes = new byte[count];
        int length = 0;
        try (InputStream in = container.open(file, 0, limits)) {
            int read = in.read(bytes, 0, count);
            while (read > 0) {
                length += read;
                read = in.read(bytes, length, count - length);
            }
        } catch (TruncatedContainerException | DamagedContainerException | ExpansionException e) {
            return Arrays.copyOf(bytes, length);
        }
        return Arrays.copyOf(bytes, length);
    }
}
