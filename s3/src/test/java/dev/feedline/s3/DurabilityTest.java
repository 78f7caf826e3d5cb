package dev.feedline.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.kernel.LocalBodies;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class DurabilityTest {
    private static final int BIG = 100_000;

    @TempDir
    Path folder;

    private Workbench workbench;

    @BeforeEach
    void open() throws IOException {
        workbench = new Workbench(folder);
        s3().createBucket(request -> request.bucket("lake"));
    }

    @AfterEach
    void close() {
        workbench.close();
    }

    @Test
    void whatWasAcknowledgedIsThereAfterACrash() throws IOException {
        byte[] big = bytes(BIG);
        put("small", new byte[] {1, 2, 3});
        put("big", big);
        workbench.crash();

        assertThat(get("small")).isEqualTo(new byte[] {1, 2, 3});
        assertThat(get("big")).isEqualTo(big);
    }

    @Test
    void aKeyIsNeverAPath() {
        put("../../outside", bytes(BIG));

        assertThat(get("../../outside")).hasSize(BIG);
        assertThat(bodyFiles().getFirst().getFileName().toString()).matches("[0-9a-f]{32}");
        assertThat(folder.resolve("../outside")).doesNotExist();
        assertThat(folder.resolve("../../outside")).doesNotExist();
    }

    @Test
    void filesThatNoObjectNamesAreSweptAtTheStart() throws IOException {
        put("big", bytes(BIG));
        Path named = bodyFiles().getFirst();
        Files.write(named.resolveSibling(named.getFileName() + ".part"), new byte[] {1});
        Files.write(named.resolveSibling("f".repeat(32)), new byte[] {1});
        workbench.crash();

        assertThat(bodyFiles()).containsExactly(named);
        assertThat(get("big")).hasSize(BIG);
    }

    @Test
    void aBodyThatFailsAtItsEndLeavesNothing() throws IOException {
        for (int size : List.of(10, BIG)) {
            RequestBody failing =
                    RequestBody.fromContentProvider(() -> new FailingStream(bytes(size)), "application/octet-stream");
            assertThatThrownBy(() ->
                            s3().putObject(request -> request.bucket("lake").key("a"), failing))
                    .hasStackTraceContaining("signature of the last chunk");
        }
        assertThatThrownBy(() -> get("a")).isInstanceOf(NoSuchKeyException.class);
        assertThat(bodyFiles()).isEmpty();
    }

    @Test
    void aBodyShorterThanAnnouncedIsRefused() throws IOException {
        RequestBody shorter = RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(bytes(BIG)), BIG + 1, "application/octet-stream");

        assertThatThrownBy(
                        () -> s3().putObject(request -> request.bucket("lake").key("a"), shorter))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("IncompleteBody"));
        assertThat(bodyFiles()).isEmpty();
    }

    @Test
    void theBodyOfADeletedObjectIsDeleted() throws IOException {
        put("a", bytes(BIG));
        put("a", bytes(BIG + 1));
        assertThat(bodyFiles()).hasSize(1);
        s3().deleteObject(request -> request.bucket("lake").key("a"));

        assertThat(bodyFiles()).isEmpty();
    }

    @Test
    void aMissingBodyIsAnErrorAndNotAnEmptyObject() throws IOException {
        put("a", bytes(BIG));
        Files.delete(bodyFiles().getFirst());

        assertThatThrownBy(() -> get("a"))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(500));
    }

    @Test
    void aDamagedBodyIsAnError() throws IOException {
        put("a", bytes(BIG));
        Path file = bodyFiles().getFirst();
        byte[] damaged = Files.readAllBytes(file);
        damaged[BIG / 2] ^= 1;
        Files.write(file, damaged);

        assertThatThrownBy(() -> get("a")).hasStackTraceContaining("is damaged");
    }

    @Test
    void noByteOfADamagedBodyIsServedInAnyRangeNorLentAsAFile() throws IOException {
        put("a", bytes(BIG));
        Path file = bodyFiles().getFirst();
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(11);
        for (int trial = 0; trial < 100; trial++) {
            int place = random.nextInt(BIG);
            byte[] damaged = whole.clone();
            damaged[place] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            int from = random.nextInt(place + 1);
            int to = place + random.nextInt(BIG - place);
            assertThatThrownBy(() -> get("a", from, to))
                    .as("byte %d in %d to %d", place, from, to)
                    .hasStackTraceContaining("is damaged");
            assertThat(workbench.service().pin("lake", "a", null)).isEmpty();
        }
        Files.write(file, whole);
        assertThat(get("a", 65_000, 66_000)).isEqualTo(Arrays.copyOfRange(whole, 65_000, 66_001));
        workbench.service().pin("lake", "a", null).orElseThrow().close();
    }

    @Test
    void aBodyThatWasCutIsAnError() throws IOException {
        put("a", bytes(BIG));
        try (var channel = Files.newByteChannel(bodyFiles().getFirst(), StandardOpenOption.WRITE)) {
            channel.truncate(BIG - 1);
        }

        assertThatThrownBy(() -> get("a")).hasStackTraceContaining("is damaged");
    }

    @Test
    void aReaderKeepsTheBytesItBeganWith() throws IOException {
        byte[] before = bytes(BIG);
        put("a", before);
        try (InputStream reading =
                s3().getObject(request -> request.bucket("lake").key("a"))) {
            byte[] start = reading.readNBytes(1000);
            put("a", bytes(50_000));
            byte[] rest = reading.readAllBytes();
            assertThat(start).isEqualTo(Arrays.copyOf(before, 1000));
            assertThat(rest).isEqualTo(Arrays.copyOfRange(before, 1000, BIG));
        }
        assertThat(bodyFiles()).hasSize(1);
    }

    @Test
    void aPinnedBodyStaysUntilThePinIsClosed() throws IOException {
        byte[] bytes = bytes(BIG);
        put("a", bytes);
        try (LocalBodies.Pin pin = workbench.service().pin("lake", "a", null).orElseThrow()) {
            s3().deleteObject(request -> request.bucket("lake").key("a"));
            assertThat(Files.readAllBytes(pin.path())).isEqualTo(bytes);
            assertThat(pin.length()).isEqualTo(BIG);
        }
        assertThat(bodyFiles()).isEmpty();
        put("small", new byte[10]);
        assertThat(workbench.service().pin("lake", "small", null)).isEmpty();
        assertThat(workbench.service().pin("lake", "nothing", null)).isEmpty();
    }

    @Test
    void ofManyWhoPutIfAbsentExactlyOneDoes() throws InterruptedException {
        AtomicInteger refused = new AtomicInteger();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> all = IntStream.range(0, 20)
                    .<Callable<Boolean>>mapToObj(i -> () -> putIfAbsent(bytes(40_000 + i), refused))
                    .toList();
            callers.invokeAll(all);
        }
        assertThat(refused).hasValue(19);
        assertThat(get("once").length).isBetween(40_000, 40_019);
    }

    private boolean putIfAbsent(byte[] bytes, AtomicInteger refused) {
        try {
            s3().putObject(
                            request -> request.bucket("lake").key("once").ifNoneMatch("*"),
                            RequestBody.fromBytes(bytes));
            return true;
        } catch (SdkException e) {
            refused.incrementAndGet();
            return false;
        }
    }

    private S3Client s3() {
        return workbench.client();
    }

    private void put(String key, byte[] bytes) {
        s3().putObject(request -> request.bucket("lake").key(key), RequestBody.fromBytes(bytes));
    }

    private byte[] get(String key) {
        return s3().getObjectAsBytes(request -> request.bucket("lake").key(key)).asByteArray();
    }

    private byte[] get(String key, int from, int to) {
        return s3().getObjectAsBytes(request -> request.bucket("lake").key(key).range("bytes=" + from + "-" + to))
                .asByteArray();
    }

    private List<Path> bodyFiles() {
        try (Stream<Path> files = Files.walk(folder.resolve("bodies"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    /// A body that is there to its last byte and then turns out wrong, as a badly signed upload does.
    private static final class FailingStream extends ByteArrayInputStream {
        FailingStream(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            int count = super.read(into, offset, length);
            if (count < 0) {
                throw new UncheckedIOException(new IOException("signature of the last chunk"));
            }
            return count;
        }
    }
}
