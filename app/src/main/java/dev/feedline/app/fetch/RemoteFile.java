package dev.feedline.app.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/// One file of a repository, of which it is known beforehand what it is.
///
/// What arrives is taken only when it has the checksum; what was cut off goes on where it stopped.
///
/// @param what it is, in the words of a message
/// @param size in bytes
/// @param sha256 in hex
public record RemoteFile(String what, URI from, long size, String sha256) {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(20);
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(10);
    private static final int BLOCK = 64 * 1024;
    private static final int OK = 200;
    private static final int PARTIAL = 206;

    /// A client for a few of these at once; it is closed by the caller.
    public static HttpClient client() {
        return HttpClient.newBuilder()
                .connectTimeout(LONGEST_CONNECT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /// `$XDG_CACHE_HOME/feedline`, or `~/.cache/feedline`.
    public static Path cacheFolder() {
        String caches = System.getenv("XDG_CACHE_HOME");
        Path folder = caches == null || caches.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(caches);
        return folder.resolve("feedline").toAbsolutePath();
    }

    /// Whether the file is there as it should be: it got its name when its checksum was right, and the size
    /// tells one that was cut since.
    public boolean isAt(Path file) throws IOException {
        return Files.isRegularFile(file) && Files.size(file) == size;
    }

    /// Whether a file that somebody else has put there is this one, by its checksum.
    public boolean isSameAs(Path file) throws IOException {
        if (!isAt(file)) {
            return false;
        }
        MessageDigest digest = digest();
        try (InputStream in = Files.newInputStream(file)) {
            update(digest, in);
        }
        return HexFormat.of().formatHex(digest.digest()).equals(sha256);
    }

    /// Fetches the file; another process that fetches the same one is waited for.
    ///
    /// @param arrived told of every block, in bytes
    public void to(Path file, HttpClient http, LongConsumer arrived) throws IOException {
        Path arriving = file.resolveSibling(file.getFileName() + ".part");
        try (FileChannel out = FileChannel.open(
                arriving, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            try (var lock = out.lock()) {
                if (isAt(file)) {
                    arrived.accept(size);
                    Files.deleteIfExists(arriving);
                    return;
                }
                fetch(out, http, arrived, arriving);
                Files.move(arriving, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private void fetch(FileChannel out, HttpClient http, LongConsumer arrived, Path arriving) throws IOException {
        long have = out.size() < size ? out.size() : 0;
        boolean isToBeKept = have > 0;
        try {
            MessageDigest digest = digest();
            HttpResponse<InputStream> response = response(http, have);
            try (InputStream body = response.body()) {
                if (response.statusCode() != PARTIAL) {
                    have = 0;
                }
                out.truncate(have);
                addWritten(out, digest);
                arrived.accept(have);
                isToBeKept = true; // from here on a break may be mended
                add(out, body, digest, arrived);
            } catch (TooLongException e) {
                isToBeKept = false;
                throw e;
            }
            if (out.size() < size) {
                throw new IOException(from + " ended after " + out.size() + " of " + size + " bytes; try again.");
            }
            isToBeKept = false;
            String found = HexFormat.of().formatHex(digest.digest());
            if (!found.equals(sha256)) {
                throw new IOException("What " + from + " gave is not " + what + ": its SHA-256 is " + found
                        + " and should be " + sha256 + ".");
            }
            out.force(true); // else a power cut could leave the name without the bytes
            isToBeKept = true;
        } finally {
            if (!isToBeKept) {
                Files.deleteIfExists(arriving);
            }
        }
    }

    private static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1;

        TooLongException(String message) {
            super(message);
        }
    }

    private void add(FileChannel out, InputStream body, MessageDigest digest, LongConsumer arrived) throws IOException {
        byte[] block = new byte[BLOCK];
        for (int read = body.read(block); read >= 0; read = body.read(block)) {
            if (out.size() + read > size) {
                throw new TooLongException("What " + from + " gives is longer than " + what + ".");
            }
            digest.update(block, 0, read);
            ByteBuffer bytes = ByteBuffer.wrap(block, 0, read);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            arrived.accept(read);
        }
    }

    private static void addWritten(FileChannel file, MessageDigest digest) throws IOException {
        file.position(0);
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        while (file.read(block) >= 0) {
            digest.update(block.flip());
            block.clear();
        }
    }

    private HttpResponse<InputStream> response(HttpClient http, long have) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(from).timeout(LONGEST_ANSWER).GET();
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
        }
        try {
            HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != OK && response.statusCode() != PARTIAL) {
                response.body().close();
                throw new IOException(
                        from + " answered HTTP " + response.statusCode() + "; " + what + " comes from there.");
            }
            return response;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while fetching " + from);
        } catch (ConnectException | HttpTimeoutException e) {
            throw new IOException(what + " could not be fetched: " + from + " did not answer (" + e + ").", e);
        }
    }

    private static void update(MessageDigest digest, InputStream in) throws IOException {
        byte[] block = new byte[BLOCK];
        for (int read = in.read(block); read >= 0; read = in.read(block)) {
            digest.update(block, 0, read);
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
