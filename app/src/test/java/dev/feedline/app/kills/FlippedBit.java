package dev.feedline.app.kills;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.feedline.app.Reach;
import dev.feedline.app.SwitchedOff;
import dev.feedline.app.TrialServer;
import dev.feedline.app.TrialServer.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/// A stream whose log is damaged by one bit in a record's body while the server is down.
final class FlippedBit {
    private static final String STREAM = "flipped";
    private static final int RECORDS = 20;
    private static final int DAMAGED = 7;

    private final Path folder;
    private final List<String> java;
    private final SwitchedOff[] off;
    private String refusal = "it was not refused";

    FlippedBit(Path folder, List<String> java, SwitchedOff... off) {
        this.folder = folder;
        this.java = java;
        this.off = off.clone();
    }

    /// The records that are served and were never put.
    List<String> served() throws IOException, InterruptedException {
        Path definition = Files.writeString(folder.resolve("feedline.yaml"), "feeds: {}\n");
        Options options = Options.PLAIN.without(off);
        try (TrialServer server = TrialServer.start(folder.resolve("data"), definition, java, options)) {
            if (!server.awaitReady()) {
                throw new IOException("the server did not start; see the log in " + folder);
            }
            try (Reach reach = server.reach()) {
                put(reach.kinesis());
            }
            server.close();
            flip();
            server.startAgain(options);
            if (!server.awaitReady()) {
                refusal = "the server does not start";
                return List.of();
            }
            try (Reach reach = server.reach()) {
                return read(reach.kinesis()).stream()
                        .filter(body -> !isPut(body))
                        .toList();
            }
        }
    }

    /// How the damage was refused.
    String refusal() {
        return refusal;
    }

    private static void put(KinesisClient kinesis) {
        kinesis.createStream(request -> request.streamName(STREAM).shardCount(1));
        kinesis.waiter().waitUntilStreamExists(request -> request.streamName(STREAM));
        for (int i = 0; i < RECORDS; i++) {
            String body = body(i);
            kinesis.putRecord(
                    request -> request.streamName(STREAM).partitionKey("p").data(SdkBytes.fromUtf8String(body)));
        }
    }

    private static String body(int number) {
        return "{\"record\":" + number + ",\"amount\":\"1000.00\"}";
    }

    private static boolean isPut(String body) {
        return Stream.iterate(0, number -> number + 1)
                .limit(RECORDS)
                .map(FlippedBit::body)
                .anyMatch(body::equals);
    }

    /// One thousand becomes nine.
    private void flip() throws IOException {
        int flipped = 0;
        try (Stream<Path> all = Files.walk(folder.resolve("data"))) {
            for (Path file :
                    all.filter(path -> path.toString().endsWith(".seg")).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                int at = new String(bytes, ISO_8859_1).indexOf(body(DAMAGED));
                if (at >= 0) {
                    bytes[at + body(DAMAGED).indexOf("1000")] ^= 8;
                    Files.write(file, bytes);
                    flipped++;
                }
            }
        }
        if (flipped != 1) {
            throw new IOException("the record is in " + flipped + " segments of " + folder);
        }
    }

    private List<String> read(KinesisClient kinesis) {
        List<String> bodies = new ArrayList<>();
        try {
            String shard = kinesis.listShards(request -> request.streamName(STREAM))
                    .shards()
                    .getFirst()
                    .shardId();
            String iterator = kinesis.getShardIterator(request ->
                            request.streamName(STREAM).shardId(shard).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .shardIterator();
            while (bodies.size() < RECORDS) {
                String from = iterator;
                var answer = kinesis.getRecords(request -> request.shardIterator(from));
                for (Record record : answer.records()) {
                    bodies.add(new String(record.data().asByteArray(), UTF_8));
                }
                if (answer.records().isEmpty()) {
                    throw new AssertionError("only " + bodies.size() + " records are left of " + RECORDS);
                }
                iterator = answer.nextShardIterator();
            }
        } catch (SdkException e) {
            refusal = String.valueOf(e.getMessage());
        }
        return bodies;
    }
}
