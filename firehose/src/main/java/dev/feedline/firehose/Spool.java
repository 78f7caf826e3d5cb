package dev.feedline.firehose;

import dev.feedline.kernel.Disk;
import dev.feedline.kernel.Disk.DiskFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Bytes that wait to be delivered: the first in memory as far as the budget goes, the rest in a
/// temporary file.
///
/// Nothing here is durable, and nothing needs to be: the source still has it all. The content can
/// be read as often as is wanted.
final class Spool extends OutputStream {
    static final int CHUNK_BYTES = 64 * 1024;
    /// How much of one spool stays in memory.
    static final int MOST_CHUNKS = 64;

    private final Disk disk;
    private final Path path;
    private final MemoryBudget budget;
    private final List<byte[]> chunks = new ArrayList<>();
    private ByteBuffer fileBuffer = ByteBuffer.allocate(0);
    private @Nullable DiskFile file;
    private long size;
    private int chunkUsed = CHUNK_BYTES;

    /// @param path the temporary file, made when it is needed
    Spool(Disk disk, Path path, MemoryBudget budget) {
        this.disk = disk;
        this.path = path;
        this.budget = budget;
    }

    long size() {
        return size;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length && hasMemory()) {
            int part = Math.min(length - done, CHUNK_BYTES - chunkUsed);
            System.arraycopy(bytes, offset + done, chunks.getLast(), chunkUsed, part);
            chunkUsed += part;
            done += part;
        }
        writeToFile(bytes, offset + done, length - done);
        size += length;
    }

    /// The content from its beginning.
    InputStream open() throws IOException {
        List<InputStream> parts = new ArrayList<>();
        for (int i = 0; i < chunks.size(); i++) {
            int used = i == chunks.size() - 1 ? chunkUsed : CHUNK_BYTES;
            parts.add(new java.io.ByteArrayInputStream(chunks.get(i), 0, used));
        }
        if (file != null) {
            flushFile();
            parts.add(new FileContent(file));
        }
        return new SequenceInputStream(Collections.enumeration(parts));
    }

    /// Gives its memory and its file back; it is empty then and can be used again.
    @Override
    public void close() throws IOException {
        budget.giveBack((long) chunks.size() * CHUNK_BYTES);
        chunks.clear();
        chunkUsed = CHUNK_BYTES;
        size = 0;
        fileBuffer = ByteBuffer.allocate(0);
        DiskFile open = file;
        file = null;
        if (open != null) {
            open.close();
            disk.delete(path);
        }
    }

    private boolean hasMemory() {
        if (file != null) {
            return false;
        }
        if (chunkUsed < CHUNK_BYTES) {
            return true;
        }
        if (chunks.size() < MOST_CHUNKS && budget.tryTake(CHUNK_BYTES)) {
            chunks.add(new byte[CHUNK_BYTES]);
            chunkUsed = 0;
            return true;
        }
        return false;
    }

    private void writeToFile(byte[] bytes, int offset, int length) throws IOException {
        if (length > 0 && file == null) {
            disk.delete(path);
            file = disk.create(path);
            fileBuffer = ByteBuffer.allocate(CHUNK_BYTES);
        }
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, fileBuffer.remaining());
            fileBuffer.put(bytes, offset + done, part);
            done += part;
            if (!fileBuffer.hasRemaining()) {
                flushFile();
            }
        }
    }

    /// What a full disk has taken only a part of is cut off again and stays in the buffer for the next try.
    private void flushFile() throws IOException {
        if (file == null) {
            return;
        }
        long before = file.size();
        try {
            file.append(fileBuffer.duplicate().flip());
        } catch (IOException e) {
            file.truncate(before);
            throw e;
        }
        fileBuffer.clear();
    }

    /// The part in the file, read by position so that several readers do not disturb each other.
    private static final class FileContent extends InputStream {
        private final DiskFile file;
        private long position;

        FileContent(DiskFile file) {
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = file.read(ByteBuffer.wrap(into, offset, length), position);
            position += Math.max(0, read);
            return read;
        }
    }
}
