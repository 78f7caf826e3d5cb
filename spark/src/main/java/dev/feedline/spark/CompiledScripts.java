package dev.feedline.spark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// What scripts were compiled to, so that a script is compiled once and not at each of its runs: one jar each, named by
/// all that it was made of.
///
/// @param folder shared by drivers; the jars used last stay
record CompiledScripts(Path folder) {
    private static final int MOST = 100;
    private static final String ENDING = ".jar";

    /// The name of a script that is compiled against these jars and Spark's own class path.
    ///
    /// @param java the version that it is compiled on: the compiler reads the JDK's own classes, too
    static String name(Path script, List<Path> jars, List<Path> classPath, String java) throws IOException {
        MessageDigest digest = digest();
        add(digest, script);
        for (Path jar : jars) {
            add(digest, jar);
        }
        for (Path jar : classPath) { // hundreds of megabytes, which nobody changes without a trace
            String seen = jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar) + "\n";
            digest.update(seen.getBytes(StandardCharsets.UTF_8));
        }
        digest.update(java.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest());
    }

    /// Copies the jar of that name.
    ///
    /// @return false when there is none
    boolean copy(String name, Path to) throws IOException {
        Path kept = folder.resolve(name + ENDING);
        try {
            Files.copy(kept, to);
        } catch (NoSuchFileException e) {
            return false;
        }
        if (!kept.toFile().setLastModified(System.currentTimeMillis()) && Files.exists(kept)) {
            throw new IOException(kept + " cannot be marked as used");
        }
        return true;
    }

    /// Keeps a jar under that name, whole or not at all.
    void keep(String name, Path jar) throws IOException {
        Files.createDirectories(folder);
        Path arriving = Files.createTempFile(folder, name, ".part");
        try {
            Files.copy(jar, arriving, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel written = FileChannel.open(arriving, StandardOpenOption.WRITE)) {
                written.force(true); // or a power cut leaves the name and not the bytes
            }
            Files.move(arriving, folder.resolve(name + ENDING), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(arriving);
        }
        List<Kept> newestFirst;
        try (Stream<Path> all = Files.list(folder)) {
            newestFirst = all.map(Kept::of)
                    .sorted(Comparator.comparingLong(Kept::usedMillis).reversed())
                    .toList();
        }
        for (Kept old : newestFirst.subList(Math.min(MOST, newestFirst.size()), newestFirst.size())) {
            Files.deleteIfExists(old.file);
        }
    }

    /// A file as it is seen once: other drivers use and delete files meanwhile.
    private record Kept(Path file, long usedMillis) {
        static Kept of(Path file) {
            return new Kept(file, file.toFile().lastModified());
        }
    }

    private static void add(MessageDigest digest, Path file) throws IOException {
        MessageDigest one = digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), one)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        digest.update(one.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
