package dev.feedline.app.audit;

import dev.feedline.app.RemotePipeline;
import dev.feedline.app.warehouse.SnowflakeClient;
import dev.feedline.convert.ChunkName;
import dev.feedline.convert.ChunkRecord;
import dev.feedline.convert.ChunkRecordJson;
import dev.feedline.convert.Keys;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.Names;
import dev.feedline.feeds.S3Bodies;
import dev.feedline.feeds.SourceVersion;
import dev.feedline.feeds.SourceVersions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Compares files with the warehouse value by value: reads the uploaded bytes again with a reader of its own, and
/// beside them the table's rows in the order of `_ROW`, page by page, and the quarantined rows.
///
/// In memory are at most 8 MiB of the file, one row of the table and one page of quarantine, whatever the file's size:
/// a page is as many rows as have about 16 MiB in the file.
public final class Auditor {
    private static final long PAGE_BYTES = 16 << 20;
    private static final long FIRST_PAGE_ROWS = 1_000;
    private static final long MOST_PAGE_ROWS = 50_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final S3Client s3;
    private final S3Bodies landing;
    private final String landingBucket;
    private final SnowflakeClient warehouse;
    private final LongConsumer progress;

    /// @param progress told how many rows of the file at hand have been compared
    public Auditor(RemotePipeline pipeline, SnowflakeClient warehouse, LongConsumer progress) {
        this.s3 = pipeline.s3();
        this.landingBucket = pipeline.buckets().landing();
        this.landing = new S3Bodies(s3, landingBucket);
        this.warehouse = warehouse;
        this.progress = progress;
    }

    public Verdict audit(FileState file) throws IOException {
        return switch (file.state()) {
            case WAITING -> Verdict.notCompared(file, "it has not been read to its end yet");
            case NO_FEED -> Verdict.notCompared(file, "it belongs to no feed");
            case HELD, SKIPPED, FAILED -> expectNothing(file);
            case BALANCED, UNBALANCED -> compare(file, "");
            case IN_FLIGHT -> compare(file, "it is in flight: rows that are missing may still be on their way");
        };
    }

    /// No row of the file was to be sent, so none may be anywhere.
    private Verdict expectNothing(FileState file) throws IOException {
        Findings findings = new Findings();
        refuseRows(file, "1 = 1", findings);
        return findings.verdict(file, "no row of it was to be loaded");
    }

    private Verdict expectOneBadRow(FileState file, String what) throws IOException {
        Findings findings = new Findings();
        if (quarantine(file, " = 1").isEmpty()) {
            findings.add(Difference.ofRow(1, "is not in quarantine, and it is no feed but " + what));
        } else {
            findings.quarantined();
        }
        refuseRows(file, "R <> 1", findings);
        return findings.verdict(file, "it is no feed but " + what);
    }

    private Verdict compare(FileState file, String reason) throws IOException {
        Optional<SourceVersion> version = version(file);
        if (version.isEmpty()) {
            return Verdict.notCompared(file, "its upload is no longer in the bucket " + file.bucket());
        }
        Optional<InputStream> terms = landing.find(Names.terms(file.feed(), file.fileId()));
        if (terms.isEmpty()) {
            return Verdict.notCompared(file, "the record of its terms is gone");
        }
        try (InputStream body = terms.get()) {
            JsonNode pinned = JSON.readTree(body);
            Optional<String> noFeed = SecondReader.notAFeed(pinned);
            if (noFeed.isPresent()) {
                return expectOneBadRow(file, noFeed.get());
            }
            Optional<String> refusal = SecondReader.refusal(pinned);
            return refusal.isPresent()
                    ? Verdict.notCompared(file, refusal.get())
                    : compare(
                            file,
                            reason,
                            new LookAhead(SecondReader.open(
                                    pinned, new RangedObject(s3, version.get()), isLanded(version.get()))),
                            SecondReader.form(pinned));
        }
    }

    /// Rows of other producers, which are a file of their own in the landing bucket.
    private boolean isLanded(SourceVersion version) {
        return version.bucket().equals(landingBucket);
    }

    private Verdict compare(FileState file, String reason, LookAhead source, RowForm form) throws IOException {
        Findings findings = new Findings();
        long last = 0;
        try {
            ChunkRecord record = chunk(file, 0);
            for (long number = 1; record != null; number++) {
                compare(file, record, source, form, findings);
                last = record.lastRow();
                record = record.last() ? null : chunk(file, number);
            }
            SourceLine more = source.peek();
            if (more != null) {
                findings.add(Difference.ofRow(more.number(), "is in the file, behind the last chunk that was judged"));
            }
        } catch (ZipException e) {
            return Verdict.notCompared(file, "its container is damaged: " + e.getMessage());
        }
        refuseRows(file, "(R < 1 OR R > " + last + ")", findings);
        return findings.verdict(file, reason);
    }

    private void compare(FileState file, ChunkRecord chunk, LookAhead source, RowForm form, Findings findings)
            throws IOException {
        RowComparison comparison = new RowComparison(chunk.schema(), form);
        long from = chunk.firstRow();
        while (from <= chunk.lastRow()) {
            long to = Math.min(chunk.lastRow(), from + pageRows(from - 1, source.passedBytes()) - 1);
            String between = " BETWEEN " + from + " AND " + to;
            PageOfRows page = new PageOfRows(source, form, comparison, quarantine(file, between), findings);
            warehouse.query(
                    "SELECT * FROM " + Names.table(file.feed()) + " WHERE _FILE_ID = '" + file.fileId() + "' AND _ROW"
                            + between + " ORDER BY _ROW",
                    page);
            page.passUntil(to + 1);
            progress.accept(to);
            from = to + 1;
        }
    }

    private static long pageRows(long rows, long bytes) {
        return rows == 0 || bytes == 0 ? FIRST_PAGE_ROWS : Math.clamp(PAGE_BYTES * rows / bytes, 1, MOST_PAGE_ROWS);
    }

    private Map<Long, PageOfRows.BadRowHeld> quarantine(FileState file, String between) throws IOException {
        Map<Long, PageOfRows.BadRowHeld> rows = new HashMap<>();
        for (List<@Nullable String> row : warehouse.rows("SELECT ROW_NUMBER, CODE, RAW, RAW_BASE64"
                + " FROM FEEDLINE.OPS.QUARANTINE WHERE FILE_ID = '" + file.fileId() + "' AND ROW_NUMBER" + between)) {
            String raw = row.get(2);
            byte[] bytes = raw != null
                    ? raw.getBytes(StandardCharsets.UTF_8)
                    : Base64.getDecoder().decode(String.valueOf(row.get(3)));
            rows.put(
                    Long.parseLong(String.valueOf(row.get(0))),
                    new PageOfRows.BadRowHeld(String.valueOf(row.get(1)), bytes));
        }
        return rows;
    }

    /// Whatever the warehouse has of the file under this condition on its row number `R` is too much.
    private void refuseRows(FileState file, String condition, Findings findings) throws IOException {
        refuseRows(
                "SELECT _ROW AS R FROM " + Names.table(file.feed()) + " WHERE _FILE_ID = '" + file.fileId() + "'",
                condition,
                "is in the table, and the file has no such row to load",
                findings);
        refuseRows(
                "SELECT ROW_NUMBER AS R FROM FEEDLINE.OPS.QUARANTINE WHERE FILE_ID = '" + file.fileId() + "'",
                condition,
                "is in quarantine, and the file has no such row",
                findings);
    }

    private void refuseRows(String rows, String condition, String what, Findings findings) throws IOException {
        for (List<@Nullable String> row :
                warehouse.rows("SELECT R FROM (" + rows + ") WHERE " + condition + " ORDER BY R LIMIT 1000")) {
            findings.add(Difference.ofRow(Long.parseLong(String.valueOf(row.getFirst())), what));
        }
    }

    private @Nullable ChunkRecord chunk(FileState file, long number) throws IOException {
        Optional<InputStream> body = landing.find(Keys.chunkRecord(file.feed(), new ChunkName(file.fileId(), number)));
        if (body.isEmpty()) {
            return null;
        }
        try (InputStream in = body.get()) {
            return ChunkRecordJson.readHeader(in);
        }
    }

    private Optional<SourceVersion> version(FileState file) {
        List<SourceVersion> found = new ArrayList<>();
        new SourceVersions(s3, file.bucket()).each(file.key(), version -> {
            if (version.fileId().equals(file.fileId())) {
                found.add(version);
            }
        });
        return found.stream().findFirst();
    }
}
