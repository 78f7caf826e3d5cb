package dev.feedline.kernel;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// The file operations durability hangs on; every write, force and rename of Feedline's own files goes through one.
///
/// Two failures have names, because the rooms answer them differently: [DiskFullException] refuses the write and goes
/// on when there is room again; [ForceFailedException] ends all writing, because after a failed
/// fsync the kernel has marked the lost pages clean and a second try would lie (Rebello et al.,
/// USENIX ATC 2020).
public interface Disk {
    /// Creates the directory and its missing parents and forces each parent that gained an entry.
    void createDirectories(Path directory) throws IOException;

    /// Creates a new file for writing; it is durable only after [DiskFile#force] and [#forceDirectory] of its parent.
    DiskFile create(Path file) throws IOException;

    /// Opens an existing file for reading and for writing at its end.
    DiskFile open(Path file) throws IOException;

    /// Renames atomically, replacing `to`, and forces the directories concerned.
    void rename(Path from, Path to) throws IOException;

    /// Deletes the file if it is there; not forced: what must not come back needs [#forceDirectory].
    void delete(Path file) throws IOException;

    void forceDirectory(Path directory) throws IOException;

    boolean exists(Path path);

    /// The entries of a directory, sorted by name.
    List<Path> list(Path directory) throws IOException;

    /// An open file. Positions count bytes from 0.
    interface DiskFile extends Closeable {
        /// Writes the whole buffer at the end.
        void append(ByteBuffer bytes) throws IOException;

        /// Reads at a position without moving anything; returns how many bytes were read, -1 at the end.
        int read(ByteBuffer into, long position) throws IOException;

        long size() throws IOException;

        /// Cuts the file; used to take back a torn tail or a failed append.
        void truncate(long size) throws IOException;

        /// Returns when the file's content is on the medium.
        void force() throws IOException;
    }
}
