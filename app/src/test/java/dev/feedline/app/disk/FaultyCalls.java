package dev.feedline.app.disk;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A disk that fails at a chosen call of another process: Java, SQLite and DuckDB alike meet it.
///
/// It is `src/test/c/faults.c`, loaded before the C library into the process whose [#environment] has it, and steered
/// through memory that both share. Only calls on files below one folder count.
public final class FaultyCalls implements AutoCloseable {
    private static final Path SOURCE = Path.of("src", "test", "c", "faults.c");
    private static final int CONTROL_BYTES = 496;
    private static final int COUNT_AT = 24;
    private static final int FIRED_AT = 32;
    private static final int WHERE_AT = 40;

    private final Path library;
    private final Path folder;
    private final Path controlFile;
    private final Path traceFile;
    private final MappedByteBuffer control;

    /// The calls that can fail, with their bits in the C source.
    public enum Call {
        FORCE(1),
        FORCE_DIRECTORY(2),
        WRITE(4),
        RENAME(8),
        CREATE(16),
        TRUNCATE(32),
        READ(64),
        UNLINK(128);

        private final int bit;

        Call(int bit) {
            this.bit = bit;
        }
    }

    /// What the call does instead, with its number in the C source: an errno of Linux, or one of its own.
    public enum Effect {
        EINTR(4),
        EIO(5),
        ENOSPC(28),
        /// Half of the bytes are written, and the call says so.
        SHORT_WRITE(-1),
        /// The call says that it is done.
        LIE(-2);

        private final int number;

        Effect(int number) {
            this.number = number;
        }
    }

    private FaultyCalls(Path library, Path folder, Path controlFile, Path traceFile, MappedByteBuffer control) {
        this.library = library;
        this.folder = folder;
        this.controlFile = controlFile;
        this.traceFile = traceFile;
        this.control = control;
    }

    /// @param work where the library and the shared memory are made
    /// @param folder the data folder whose files are concerned
    public static FaultyCalls compile(Path work, Path folder) throws IOException {
        Path library = work.resolve("faults.so");
        Process compiler = new ProcessBuilder(
                        "cc", "-O1", "-shared", "-fPIC", "-o", library.toString(), SOURCE.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!compiler.waitFor(1, TimeUnit.MINUTES) || compiler.exitValue() != 0) {
                throw new IOException(SOURCE + " does not compile: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while compiling " + SOURCE, e);
        }
        Path controlFile = Files.write(work.resolve("faults.control"), new byte[CONTROL_BYTES]);
        try (FileChannel channel = FileChannel.open(controlFile, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer control = channel.map(FileChannel.MapMode.READ_WRITE, 0, CONTROL_BYTES);
            control.order(ByteOrder.nativeOrder());
            return new FaultyCalls(library, folder.toRealPath(), controlFile, work.resolve("faults.trace"), control);
        }
    }

    /// What the process that is to meet it is started with.
    public Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FEEDLINE_FAULT_FOLDER", folder.toString(),
                "FEEDLINE_FAULT_CONTROL", controlFile.toString(),
                "FEEDLINE_FAULT_TRACE", traceFile.toString());
    }

    /// The Nth of these calls from now on has the effect.
    public void failAt(long number, List<Call> calls, Effect effect) {
        set(number, calls, effect, false);
    }

    /// All of these calls have the effect from now on.
    public void failAlways(List<Call> calls, Effect effect) {
        set(1, calls, effect, true);
    }

    /// All is well again; what was counted stays to be asked for.
    public void heal() {
        control.putInt(0, 0);
    }

    public void trace(boolean on) {
        control.putInt(8, on ? 1 : 0);
    }

    public Path traceFile() {
        return traceFile;
    }

    /// How many of the calls there were.
    public long count() {
        return control.getLong(COUNT_AT);
    }

    /// How many had the effect.
    public long fired() {
        return control.getLong(FIRED_AT);
    }

    /// The file of the first that had, below the folder.
    public String where() {
        byte[] bytes = new byte[CONTROL_BYTES - WHERE_AT];
        control.get(WHERE_AT, bytes);
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        String path = new String(bytes, 0, length, StandardCharsets.UTF_8);
        return path.startsWith(folder + "/") ? path.substring(folder.toString().length() + 1) : path;
    }

    @Override
    public void close() throws IOException {
        heal();
        Files.deleteIfExists(controlFile);
        Files.deleteIfExists(library);
    }

    private void set(long number, List<Call> calls, Effect effect, boolean fromThenOn) {
        heal();
        control.putInt(4, effect.number);
        control.putInt(12, fromThenOn ? 1 : 0);
        control.putLong(16, number);
        control.putLong(COUNT_AT, 0);
        control.putLong(FIRED_AT, 0);
        control.put(WHERE_AT, (byte) 0);
        control.putInt(0, calls.stream().mapToInt(call -> call.bit).reduce(0, (a, b) -> a | b));
    }
}
