package dev.feedline.app.disk;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// The one ioctl that Java has no method for: `EXT4_IOC_SHUTDOWN`, `_IOR('X', 125, __u32)` in Linux's `fs/ext4/ext4.h`.
final class Ioctl {
    private static final long EXT4_IOC_SHUTDOWN = 0x8004587dL;
    /// `EXT4_GOING_FLAGS_NOLOGFLUSH`: the journal's unwritten part is lost, too.
    private static final int NO_LOG_FLUSH = 2;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle OPEN =
            function("open", 2, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    private static final MethodHandle IOCTL = function(
            "ioctl",
            2,
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
    private static final MethodHandle CLOSE =
            function("close", 1, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private Ioctl() {}

    static void shutDown(Path mountPoint) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = (int) OPEN.invokeExact(arena.allocateFrom(mountPoint.toString()), 0);
            MemorySegment flags = arena.allocateFrom(ValueLayout.JAVA_INT, NO_LOG_FLUSH);
            int result = (int) IOCTL.invokeExact(descriptor, EXT4_IOC_SHUTDOWN, flags);
            int closed = (int) CLOSE.invokeExact(descriptor);
            if (descriptor < 0 || result != 0 || closed != 0) {
                throw new IOException("the power of " + mountPoint + " could not be cut: open said " + descriptor
                        + ", ioctl " + result + ", close " + closed);
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("the power of " + mountPoint + " could not be cut", e);
        }
    }

    private static MethodHandle function(String name, int fixedArguments, FunctionDescriptor descriptor) {
        MemorySegment address = LINKER.defaultLookup().findOrThrow(name);
        return fixedArguments < descriptor.argumentLayouts().size()
                ? LINKER.downcallHandle(address, descriptor, Linker.Option.firstVariadicArg(fixedArguments))
                : LINKER.downcallHandle(address, descriptor);
    }
}
