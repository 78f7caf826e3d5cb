package dev.feedline.app.story;

import dev.feedline.feeds.FileState;
import org.jspecify.annotations.Nullable;

/// What a person should do about a file, where it needs one.
public final class NextStep {
    private NextStep() {}

    /// @return empty when there is nothing to do
    public static String of(FileStory story) {
        FileState file = story.file();
        return switch (file.state()) {
            case BALANCED ->
                file.quarantined() == 0
                        ? ""
                        : "Look at the bad rows with `feedline quarantine show " + file.fileId()
                                + ":ROW`, have them mended at their source, and upload the file again.";
            case WAITING -> waiting(story);
            case IN_FLIGHT -> inFlight(story);
            case UNBALANCED ->
                unbalanced(story.equation()) + " Compare it value by value with `feedline balance --deep "
                        + file.fileId() + "`; if the sweep does not mend it, keep the data folder and report it.";
            case HELD ->
                "No row of it was loaded. Mend the file and upload it again under the same key, or allow more bad rows"
                        + " with quarantine.max-rows and max-percent in feedline.yaml and upload it again.";
            case SKIPPED ->
                "Nothing, if it was sent twice. To load it again set on-reupload: load for its feed and upload it again.";
            case FAILED -> "Mend what the reason names and upload the file again.";
            case NO_FEED ->
                "Upload it again under <feed>/…; `feedline put FILE FEED` does so and makes the feed when there is none.";
        };
    }

    private static String waiting(FileStory story) {
        return story.chunks().isEmpty()
                ? "It has not been read yet. A running `feedline up` begins at once, and its sweep after two minutes at"
                        + " the latest; `feedline doctor` says whether one runs."
                : "It is being read: " + story.chunks().size() + " chunks are judged so far. Look again in a moment.";
    }

    private static String inFlight(FileStory story) {
        long unlanded = story.chunks().stream()
                .filter(chunk -> chunk.landed() < chunk.good())
                .count();
        long unconverted = story.chunks().stream()
                .filter(chunk -> chunk.good() > 0 && chunk.lakeBytes() == null)
                .count();
        long unloaded = story.chunks().stream()
                .filter(chunk -> chunk.lakeBytes() != null && chunk.loadedAt() == null)
                .count();
        if (unconverted > 0 && unlanded > 0) {
            return "Rows of " + unlanded
                    + " chunks are still on the stream, before the landing bucket. Look again in a moment.";
        }
        if (unconverted > 0) {
            return unconverted + " chunks wait for the Glue job: `feedline runs` shows its runs.";
        }
        return unloaded > 0
                ? unloaded + " lake objects wait for Snowpipe: `feedline sql \"SELECT SYSTEM$PIPE_STATUS('FEEDLINE.RAW."
                        + story.file().feed().toUpperCase(java.util.Locale.ROOT) + "_PIPE')\"` shows why."
                : "Its last rows or its quarantine are being loaded. Look again in a moment.";
    }

    private static String unbalanced(FileStory.@Nullable Equation equation) {
        if (equation == null) {
            return "The warehouse has no receipt of it.";
        }
        if (equation.loaded() > equation.loadedDistinct()) {
            return (equation.loaded() - equation.loadedDistinct()) + " rows are in the table more than once.";
        }
        if (equation.overlap() > 0) {
            return equation.overlap() + " rows are both in the table and in quarantine.";
        }
        if (equation.maxRow() > equation.received()) {
            return "There is a row " + equation.maxRow() + ", but only " + equation.received() + " were received.";
        }
        long missing = equation.received() - equation.loaded() - equation.quarantined();
        return missing > 0
                ? missing + " rows are missing, 15 minutes after the receipt or longer."
                : -missing + " rows are there too many.";
    }
}
