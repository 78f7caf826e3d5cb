package dev.feedline.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// The functions' code as files. Nothing here is forced to disk: it is emptied at each start and
/// unpacked again from the zips when it is needed.
final class UnpackedCode {
    private final Path folder;
    private final CodeFolder zips;

    private UnpackedCode(Path folder, CodeFolder zips) {
        this.folder = folder;
        this.zips = zips;
    }

    static UnpackedCode open(Path folder, CodeFolder zips) throws IOException {
        deleteTree(folder);
        Files.createDirectories(folder);
        return new UnpackedCode(folder, zips);
    }

    /// The folder with a function's code, unpacked when it is not there yet.
    synchronized Path of(Function function) throws IOException {
        Path unpacked = folder.resolve(function.code());
        if (!Files.isDirectory(unpacked)) {
            Path fresh = folder.resolve(function.code() + ".new");
            deleteTree(fresh);
            unpack(zips.path(function.code()), fresh);
            Files.move(fresh, unpacked);
        }
        return unpacked;
    }

    /// Deletes what no function refers to any more.
    synchronized void forget(Function function) throws IOException {
        if (!Files.exists(zips.path(function.code()))) {
            deleteTree(folder.resolve(function.code()));
        }
    }

    private static void unpack(Path zip, Path into) throws IOException {
        Files.createDirectories(into);
        long left = CodeFolder.LARGEST_UNZIPPED_BYTES;
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                Path target = into.resolve(entry.getName()).normalize();
                if (!target.startsWith(into)) {
                    throw new IOException("The zip has an entry outside of itself: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    left -= write(file, entry, target, left);
                }
            }
        }
    }

    /// Writes one file, executable like all of a function's files on AWS that were packed as such; the
    /// zip's own size cannot be believed, so that what is written is counted.
    private static long write(ZipFile file, ZipEntry entry, Path target, long most) throws IOException {
        Files.createDirectories(java.util.Objects.requireNonNull(target.getParent()));
        long written = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = file.getInputStream(entry);
                var out = Files.newOutputStream(target)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                written += read;
                if (written > most) {
                    throw new IOException("The zip holds more than " + CodeFolder.LARGEST_UNZIPPED_BYTES + " bytes");
                }
                out.write(buffer, 0, read);
            }
        }
        // java.util.zip does not tell the modes of entries; only `bootstrap` is ever executed by name.
        if (entry.getName().equals("bootstrap") && !target.toFile().setExecutable(true)) {
            throw new IOException(target + " could not be made executable");
        }
        return written;
    }

    private static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(tree)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
