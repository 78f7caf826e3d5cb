package dev.feedline.snowflake.copy;

import dev.feedline.kernel.Ground;
import dev.feedline.kernel.LocalBodies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Brings staged files where DuckDB may read them: a hard link to an object's bytes when they are on
/// this machine, else a download.
///
/// Nothing here is forced to disk: what a restart finds is deleted.
public final class Fetcher {
    private final Path incoming;
    private final S3Client s3;
    private final LocalBodies bodies;
    private final StageFiles files;
    private final AtomicLong numbers = new AtomicLong();

    public Fetcher(Path folder, Ground ground, S3Client s3, LocalBodies bodies) throws IOException {
        this.incoming = folder.resolve("incoming");
        this.s3 = s3;
        this.bodies = bodies;
        this.files = new StageFiles(s3);
        ground.disk().createDirectories(incoming);
        for (Path left : ground.disk().list(incoming)) {
            ground.disk().delete(left);
        }
    }

    /// Empty when the object is gone.
    Optional<LocalFile> fetch(StagedFile file) {
        Path path = incoming.resolve(numbers.incrementAndGet() + ".file");
        try {
            Optional<LocalBodies.Pin> pinned = bodies.pin(file.bucket(), file.key(), null);
            return pinned.isPresent() ? linked(file, pinned.get(), path) : downloaded(file, path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<LocalFile> linked(StagedFile file, LocalBodies.Pin pinned, Path path) throws IOException {
        try (pinned) {
            link(pinned.path(), path);
            // The pin is of the object as it is now, which may be newer than the event or listing.
            Optional<StagedFile> now = files.find(file.bucket(), file.key());
            if (now.isPresent() && now.get().size() == pinned.length()) {
                return Optional.of(new LocalFile(now.get(), path));
            }
            Files.deleteIfExists(path);
            return now.isEmpty() ? Optional.empty() : downloaded(file, path);
        }
    }

    private static void link(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            // Another volume, or one without links.
            Files.copy(from, to);
        }
    }

    private Optional<LocalFile> downloaded(StagedFile file, Path path) {
        try {
            GetObjectResponse got = s3.getObject(
                    request -> request.bucket(file.bucket()).key(file.key()), ResponseTransformer.toFile(path));
            return Optional.of(new LocalFile(
                    new StagedFile(
                            file.bucket(),
                            file.key(),
                            got.contentLength(),
                            StageFiles.unquoted(got.eTag()),
                            file.lastModified()),
                    path));
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return Optional.empty();
            }
            throw StageFiles.failure(file.url(), e);
        } catch (SdkException e) {
            throw StageFiles.failure(file.url(), e);
        }
    }

    static String gone(StagedFile file) {
        return "Remote file '" + file.url() + "' was not found. There are several potential causes. The file might not"
                + " exist. The required credentials may be missing or invalid. If you are running a copy command, please"
                + " make sure files are not deleted when they are being loaded or files are not being loaded into two"
                + " different tables concurrently with auto purge option.";
    }
}
