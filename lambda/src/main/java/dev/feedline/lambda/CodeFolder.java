package dev.feedline.lambda;

import dev.feedline.kernel.Disk;
import dev.feedline.kernel.DiskFullException;
import dev.feedline.kernel.Ground;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Set;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// The zips of the functions, each a file that is on disk before its function is.
final class CodeFolder {
    /// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    static final long LARGEST_ZIP_BYTES = 50L << 20;

    static final long LARGEST_UNZIPPED_BYTES = 250L << 20;

    private final Path folder;
    private final Ground ground;

    /// A zip that has been stored; `sha256` in Base64, as AWS shows it.
    record Stored(String file, String sha256, long bytes) {
        /// What a built-in function without a zip has.
        static Stored nothing() {
            return new Stored("", base64(digest()), 0);
        }
    }

    private CodeFolder(Path folder, Ground ground) {
        this.folder = folder;
        this.ground = ground;
    }

    /// Opens the folder and removes what no function refers to: the leavings of a crash.
    static CodeFolder open(Path folder, Ground ground, Set<String> used) throws IOException {
        ground.disk().createDirectories(folder);
        for (Path file : ground.disk().list(folder)) {
            if (!used.contains(String.valueOf(file.getFileName()))) {
                ground.disk().delete(file);
            }
        }
        return new CodeFolder(folder, ground);
    }

    Path path(String file) {
        return folder.resolve(file);
    }

    /// Stores a zip for good; the caller commits the function that refers to it.
    ///
    /// @param largest the most bytes it may have: 50 MB when uploaded, what fits unzipped when it comes
    ///     from S3
    Stored store(InputStream zip, long largest) {
        String name = ground.ids().hex(32) + ".zip";
        Path fresh = folder.resolve(name + ".new");
        try {
            Stored stored = write(zip, fresh, name, largest);
            requireZip(fresh);
            ground.disk().rename(fresh, folder.resolve(name));
            return stored;
        } catch (DiskFullException e) {
            throw LambdaError.SLOW_DOWN.because(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw LambdaError.SERVICE.because("The code could not be stored: " + e.getMessage(), e);
        } finally {
            delete(name + ".new");
        }
    }

    void delete(String file) {
        if (!file.isEmpty()) {
            try {
                ground.disk().delete(folder.resolve(file));
            } catch (IOException e) {
                throw LambdaError.SERVICE.because("Old code could not be deleted: " + e.getMessage(), e);
            }
        }
    }

    private Stored write(InputStream zip, Path fresh, String name, long largest) throws IOException {
        MessageDigest digest = digest();
        long size = 0;
        byte[] buffer = new byte[1 << 16];
        try (Disk.DiskFile file = ground.disk().create(fresh)) {
            for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
                size += read;
                if (size > largest) {
                    throw LambdaError.REQUEST_TOO_LARGE.because("The code is larger than " + largest + " bytes");
                }
                digest.update(buffer, 0, read);
                file.append(ByteBuffer.wrap(buffer, 0, read));
            }
            file.force();
        }
        return new Stored(name, base64(digest), size);
    }

    private static void requireZip(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            long unzipped = zip.stream()
                    .mapToLong(entry -> Math.max(0, entry.getSize()))
                    .sum();
            if (zip.size() == 0) {
                throw LambdaError.INVALID_PARAMETER_VALUE.because("Uploaded file must be a non-empty zip");
            }
            if (unzipped > LARGEST_UNZIPPED_BYTES) {
                throw LambdaError.INVALID_PARAMETER_VALUE.because(
                        "Unzipped size must be smaller than " + LARGEST_UNZIPPED_BYTES + " bytes");
            }
        } catch (ZipException e) {
            throw LambdaError.INVALID_PARAMETER_VALUE.because(
                    "Could not unzip uploaded file. Please check your file, then try to upload again.", e);
        }
    }

    private static String base64(MessageDigest digest) {
        return Base64.getEncoder().encodeToString(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
