package dev.feedline.app.story;

import dev.feedline.feeds.FileState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that durable state tells of one file: what it is, whether it adds up, and how it came through the stages.
///
/// @param upload null when the version is no longer in its bucket
/// @param equation null until the warehouse has the file's receipt
/// @param otherVersions uploads of the same key, the newest first
public record FileStory(
        FileState file,
        @Nullable UploadedObject upload,
        @Nullable Equation equation,
        List<Stage> stages,
        List<ChunkStory> chunks,
        List<QuarantineGroup> quarantine,
        List<FileState> otherVersions) {

    /// The object that was uploaded.
    public record UploadedObject(long size, String eTag) {}

    /// The file's line of the balance, counted from the tables.
    ///
    /// @param loadedDistinct how many row numbers those have; fewer when rows are there twice
    /// @param overlap rows that are both in the table and in quarantine
    /// @param maxRow the highest row number seen
    public record Equation(
            long received, long loaded, long loadedDistinct, long quarantined, long overlap, long maxRow) {}

    /// One stage of the way: what is there of it, and since when.
    ///
    /// @param count how many objects or rows show it
    /// @param first when the first of them was written; null when none is there
    public record Stage(
            String name,
            long count,
            @Nullable Instant first,
            @Nullable Instant last,
            String note) {}

    /// One chunk, from its verdict to the table.
    ///
    /// @param landed good rows found in landing objects, repeats included
    /// @param lakeBytes of its Parquet object; null when there is none
    /// @param loadedAt when the load history has it; null when it has not
    public record ChunkStory(
            long number,
            long firstRow,
            long lastRow,
            long good,
            long bad,
            String schemaVersion,
            long landed,
            String lakeKey,
            @Nullable Long lakeBytes,
            long loaded,
            @Nullable Instant loadedAt) {}

    /// The bad rows of one code and column.
    ///
    /// @param firstDetail what is wrong with the first of them
    public record QuarantineGroup(
            String code, @Nullable String column, long rows, long firstRow, long firstLine, String firstDetail) {}
}
