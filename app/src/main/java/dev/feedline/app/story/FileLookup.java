package dev.feedline.app.story;

import dev.feedline.app.RemotePipeline;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.Names;
import dev.feedline.feeds.Receipt;
import dev.feedline.feeds.S3Bodies;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds the file that a person means: by its id, its key, or the beginning of either.
///
/// A key stands for its newest version. A whole id, and whatever is no id, is looked up by prefix; only the beginning
/// of an id needs the list of all files.
public final class FileLookup {
    private static final int MOST_NAMED = 20;
    private static final Pattern WHOLE_ID = Pattern.compile("[0-9a-f]{24}");
    private static final Pattern BEGIN_OF_ID = Pattern.compile("[0-9a-f]{1,24}");

    private final RemotePipeline pipeline;

    public FileLookup(RemotePipeline pipeline) {
        this.pipeline = pipeline;
    }

    /// The one file that is meant.
    ///
    /// @throws IOException when there is none, or naming those that it could be
    public FileState find(String meant) throws IOException {
        if (WHOLE_ID.matcher(meant).matches()) {
            Optional<FileState> file = byReceipt(meant);
            if (file.isPresent()) {
                return file.get();
            }
        }
        List<FileState> found = matches(meant);
        List<FileState> exact = found.stream()
                .filter(file -> file.key().equals(meant) || file.fileId().equals(meant))
                .toList();
        List<FileState> meantOnes = exact.isEmpty() ? found : exact;
        if (meantOnes.isEmpty()) {
            throw new IOException(
                    "No file's id or key is or begins with '" + meant + "'. `feedline files` lists what there is.");
        }
        if (meantOnes.stream().map(FileState::key).distinct().count() > 1) {
            throw new IOException(ambiguous(meant, meantOnes));
        }
        return meantOnes.stream()
                .max(Comparator.comparing(FileState::uploadedAt).thenComparing(FileState::fileId))
                .orElseThrow();
    }

    private List<FileState> matches(String meant) throws IOException {
        if (!BEGIN_OF_ID.matcher(meant).matches()) {
            List<FileState> uploads = pipeline.under(meant);
            return uploads.isEmpty() ? beginning(pipeline.files(), meant) : uploads;
        }
        return beginning(pipeline.files(), meant);
    }

    private static List<FileState> beginning(List<FileState> files, String meant) {
        return files.stream()
                .filter(file -> file.fileId().startsWith(meant) || file.key().startsWith(meant))
                .toList();
    }

    /// A receipt names its file's key, so that nothing else need be listed.
    private Optional<FileState> byReceipt(String fileId) throws IOException {
        Optional<InputStream> found =
                new S3Bodies(pipeline.s3(), pipeline.buckets().landing()).find(Names.receipt(fileId));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Receipt receipt;
        try (InputStream body = found.get()) {
            receipt = Receipt.read(body);
        }
        return receipt.bucket().equals(pipeline.buckets().source())
                ? pipeline.under(receipt.key()).stream()
                        .filter(file -> file.fileId().equals(fileId))
                        .findFirst()
                : Optional.empty();
    }

    private static String ambiguous(String meant, List<FileState> files) {
        StringBuilder text = new StringBuilder(
                "'" + meant + "' may be any of " + files.size() + " files; give more of the id or the key of one:");
        files.stream()
                .limit(MOST_NAMED)
                .forEach(file -> text.append("\n  ")
                        .append(file.fileId())
                        .append("  ")
                        .append(file.key())
                        .append("  ")
                        .append(file.state()));
        return files.size() > MOST_NAMED
                ? text.append("\n  … and ")
                        .append(files.size() - MOST_NAMED)
                        .append(" more")
                        .toString()
                : text.toString();
    }
}
