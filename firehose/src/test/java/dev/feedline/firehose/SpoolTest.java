package dev.feedline.firehose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.kernel.DiskFullException;
import dev.feedline.kernel.RealDisk;
import dev.feedline.kernel.sim.FaultyDisk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    @TempDir
    Path folder;

    @Test
    void whatGoesInComesOutAsOftenAsIsWanted() throws IOException {
        for (long memory : new long[] {0, 64 * 1024, 300 * 1024, 64 * 1024 * 1024}) {
            Random random = new Random(memory);
            SpoolFolder spools = SpoolFolder.open(folder, new RealDisk(failure -> {}), memory);
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            try (Spool spool = spools.spool()) {
                for (int i = 0; i < 60; i++) {
                    byte[] piece = new byte[random.nextInt(20_000)];
                    random.nextBytes(piece);
                    spool.write(piece);
                    expected.write(piece);
                    if (i % 20 == 0) {
                        assertThat(spool.open().readAllBytes()).isEqualTo(expected.toByteArray());
                    }
                }
                assertThat(spool.open().readAllBytes()).isEqualTo(expected.toByteArray());
                assertThat(spool.size()).isEqualTo(expected.size());
            }
        }
    }

    @Test
    void memoryIsUsedUpToTheBudgetAndFilesAreDeleted() throws IOException {
        SpoolFolder spools = SpoolFolder.open(folder, new RealDisk(failure -> {}), 64 * 1024);
        Spool first = spools.spool();
        first.write(new byte[100]);
        assertThat(files()).isZero();
        Spool second = spools.spool();
        second.write(new byte[100]);
        assertThat(files()).isEqualTo(1);
        second.close();
        assertThat(files()).isZero();
        first.close();
        Spool third = spools.spool();
        third.write(new byte[100]);
        assertThat(files()).isZero();
        third.close();
    }

    @Test
    void aFullDiskWhileItIsOpenedLosesAndDoublesNothing() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        SpoolFolder spools = SpoolFolder.open(folder, disk, 0);
        byte[] content = new byte[100_000];
        new Random(5).nextBytes(content);
        try (Spool spool = spools.spool()) {
            spool.write(content);
            disk.makeFull(true);
            assertThatThrownBy(spool::open).isInstanceOf(DiskFullException.class);
            assertThatThrownBy(spool::open).isInstanceOf(DiskFullException.class);
            disk.makeFull(false);
            assertThat(Arrays.equals(spool.open().readAllBytes(), content)).isTrue();
        }
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }
}
