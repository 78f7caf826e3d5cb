package dev.feedline.snowflake.engine;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeModel;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.jar.JarEntry;
import org.duckdb.DuckDBDriver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// DuckDB's native library, unpacked once into the user's cache folder.
///
/// DuckDB's driver unpacks it (70 MB) into the temporary folder at each start, and a killed process leaves it there.
/// The driver has no setting for that, so its class that loads the library is defined here without its unpacking step,
/// with the library loaded before. When any of that is not possible, the driver does as it always does.
public final class DuckDbLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(DuckDbLibrary.class);
    private static final String LOADER = "org/duckdb/DuckDBNative.class";
    private static final String UNPACKING_STEP = "unpackAndLoad";
    /// What lies half unpacked for so long is from a process that is no more.
    private static final Duration LONGEST_UNPACKING = Duration.ofMinutes(10);

    /// What DuckDB's driver unpacks itself is in use from then on, or was left by a process that was killed; the file
    /// of a library that is loaded can go as well, but not between unpacking and loading.
    private static final Duration LONGEST_LOADING = Duration.ofHours(1);

    private static boolean tried;

    private DuckDbLibrary() {}

    /// Loads the library; the first call does, and others wait for it.
    public static synchronized void load() {
        if (tried) {
            return;
        }
        tried = true;
        try {
            Optional<Path> library = unpacked(cacheFolder());
            if (library.isPresent()) {
                System.load(library.get().toString());
                defineLoader();
            }
        } catch (IOException | LinkageError | IllegalAccessException | IllegalArgumentException e) {
            LOG.debug("DuckDB's driver loads its library by itself", e);
        }
    }

    /// Removes what the driver unpacked into the temporary folder, in processes that were killed.
    public static void sweepTemporary() {
        try {
            int swept = sweepTemporary(Path.of(System.getProperty("java.io.tmpdir")), Instant.now());
            if (swept > 0) {
                LOG.debug("removed {} libraries of DuckDB that killed processes left", swept);
            }
        } catch (IOException e) {
            LOG.debug("the temporary folder is not swept", e);
        }
    }

    /// @return how many files went
    static int sweepTemporary(Path folder, Instant now) throws IOException {
        int swept = 0;
        try (var left = Files.newDirectoryStream(folder, "libduckdb_java*.so")) {
            for (Path one : left) {
                try {
                    if (Files.isRegularFile(one, LinkOption.NOFOLLOW_LINKS)
                            && Files.getLastModifiedTime(one).toInstant().isBefore(now.minus(LONGEST_LOADING))) {
                        Files.deleteIfExists(one);
                        swept++;
                    }
                } catch (FileSystemException e) {
                    LOG.debug("{} stays: it is somebody else's", one, e);
                }
            }
        }
        return swept;
    }

    /// `$XDG_CACHE_HOME/feedline`, or `~/.cache/feedline`.
    static Path cacheFolder() {
        String caches = System.getenv("XDG_CACHE_HOME");
        Path folder = caches == null || caches.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(caches);
        return folder.resolve("feedline").toAbsolutePath();
    }

    /// The library in the folder, unpacked when it is not there; empty when the driver has none for this machine.
    ///
    /// Its name has the checksum that the jar's directory states, so that another version is another file.
    static Optional<Path> unpacked(Path folder) throws IOException {
        URL packed = DuckDbLibrary.class.getClassLoader().getResource(resourceName());
        if (packed == null || !(packed.openConnection() instanceof JarURLConnection jar)) {
            return Optional.empty();
        }
        jar.setUseCaches(false);
        try (var file = jar.getJarFile()) {
            JarEntry entry = jar.getJarEntry();
            Path library = folder.resolve(String.format("duckdb-%08x.so", entry.getCrc()));
            if (!Files.exists(library) || Files.size(library) != entry.getSize()) {
                Files.createDirectories(folder);
                sweep(folder);
                try (InputStream in = file.getInputStream(entry)) {
                    unpack(in, library);
                }
            }
            return Optional.of(library);
        }
    }

    private static void unpack(InputStream in, Path library) throws IOException {
        Path unpacking = Files.createTempFile(library.getParent(), "unpacking-", ".so");
        try {
            Files.copy(in, unpacking, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel written = FileChannel.open(unpacking, StandardOpenOption.WRITE)) {
                written.force(true); // else a power cut could leave the name without the bytes
            }
            Files.move(unpacking, library, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unpacking);
        }
    }

    private static void sweep(Path folder) throws IOException {
        Instant longAgo = Instant.now().minus(LONGEST_UNPACKING);
        try (var left = Files.newDirectoryStream(folder, "unpacking-*")) {
            for (Path one : left) {
                if (Files.getLastModifiedTime(one).toInstant().isBefore(longAgo)) {
                    Files.deleteIfExists(one);
                }
            }
        }
    }

    /// As DuckDB's driver names it.
    private static String resourceName() {
        String system = System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT);
        String os = system.startsWith("win") ? "windows" : system.startsWith("mac") ? "macos" : "linux";
        String arch = System.getProperty("os.arch");
        return "libduckdb_java.so_" + os + "_" + (arch.equals("aarch64") ? "arm64" : "amd64");
    }

    /// Defines the driver's loading class with an unpacking step that does nothing.
    private static void defineLoader() throws IOException, IllegalAccessException {
        MethodHandles.Lookup inside = MethodHandles.privateLookupIn(DuckDBDriver.class, MethodHandles.lookup());
        if (inside.lookupClass().getClassLoader() != DuckDbLibrary.class.getClassLoader()) {
            return; // the library belongs to the class loader that loaded it
        }
        try (InputStream in = DuckDbLibrary.class.getClassLoader().getResourceAsStream(LOADER)) {
            if (in != null) {
                inside.defineClass(withoutUnpacking(in.readAllBytes()));
            }
        }
    }

    static byte[] withoutUnpacking(byte[] loader) {
        ClassFile classes = ClassFile.of();
        return classes.transformClass(
                classes.parse(loader),
                ClassTransform.transformingMethods(
                        method -> method.methodName().equalsString(UNPACKING_STEP)
                                && method.methodTypeSymbol().returnType().equals(ConstantDescs.CD_void),
                        (method, element) -> {
                            if (element instanceof CodeModel) {
                                method.withCode(code -> code.return_());
                            } else {
                                method.with(element);
                            }
                        }));
    }
}
