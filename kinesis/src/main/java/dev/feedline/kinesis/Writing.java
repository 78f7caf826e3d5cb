package dev.feedline.kinesis;

import dev.feedline.kernel.DiskFullException;
import dev.feedline.kinesis.log.Entry;
import dev.feedline.kinesis.log.SegmentLog.Appended;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.kinesis.model.EncryptionType;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/// Puts records: each goes to the shard of its hash key, and the answer waits until all of them are
/// on disk.
final class Writing {
    /// What became of one record.
    private sealed interface Outcome {
        record Written(Shard shard, long index, long arrivalMillis) implements Outcome {}

        record Refused(KinesisException error) implements Outcome {}
    }

    /// The records of one request for one shard; `places` are their places in the request.
    private record Share(List<Integer> places, List<Entry> entries) {}

    private Writing() {}

    static PutRecordResponse put(OpenStream stream, PutRecordRequest request) {
        RecordRules.checkSequenceNumber(request.sequenceNumberForOrdering());
        Outgoing record =
                RecordRules.checked(stream, request.partitionKey(), request.explicitHashKey(), request.data(), "");
        return switch (write(stream, List.of(record)).getFirst()) {
            case Outcome.Written written ->
                PutRecordResponse.builder()
                        .shardId(written.shard().id())
                        .sequenceNumber(number(written))
                        .encryptionType(EncryptionType.NONE)
                        .build();
            case Outcome.Refused(KinesisException error) -> throw error;
        };
    }

    static PutRecordsResponse put(OpenStream stream, PutRecordsRequest request) {
        List<Outcome> outcomes = write(stream, RecordRules.checked(stream, request));
        List<PutRecordsResultEntry> entries =
                outcomes.stream().map(Writing::entry).toList();
        return PutRecordsResponse.builder()
                .records(entries)
                .failedRecordCount((int) outcomes.stream()
                        .filter(Outcome.Refused.class::isInstance)
                        .count())
                .encryptionType(EncryptionType.NONE)
                .build();
    }

    private static List<Outcome> write(OpenStream stream, List<Outgoing> records) {
        Outcome[] outcomes = new Outcome[records.size()];
        Map<Shard, Share> shares = new LinkedHashMap<>();
        for (int i = 0; i < records.size(); i++) {
            Outgoing record = records.get(i);
            Shard shard = stream.shardOf(record.hashKey());
            if (shard.rates().mayWrite(record.bytes())) {
                Share share = shares.computeIfAbsent(shard, any -> new Share(new ArrayList<>(), new ArrayList<>()));
                share.places().add(i);
                share.entries().add(record.entry());
            } else {
                outcomes[i] = new Outcome.Refused(KinesisError.THROUGHPUT_EXCEEDED.exception(
                        "Rate exceeded for shard " + shard.id() + " in stream "
                                + stream.row().name() + " under account "
                                + stream.arn().account() + "."));
            }
        }
        List<Runnable> waiting = new ArrayList<>();
        shares.forEach((shard, share) -> {
            CompletableFuture<Appended> appending = shard.log().append(share.entries());
            waiting.add(() -> await(shard, share, appending, outcomes));
        });
        waiting.forEach(Runnable::run);
        return List.of(outcomes);
    }

    private static void await(Shard shard, Share share, CompletableFuture<Appended> appending, Outcome[] outcomes) {
        try {
            Appended appended = appending.join();
            for (int i = 0; i < share.places().size(); i++) {
                outcomes[share.places().get(i)] =
                        new Outcome.Written(shard, appended.first() + i, appended.arrivalMillis());
            }
        } catch (CompletionException e) {
            Outcome refused = new Outcome.Refused(failure(shard, e.getCause() == null ? e : e.getCause()));
            share.places().forEach(place -> outcomes[place] = refused);
        }
    }

    private static KinesisException failure(Shard shard, Throwable cause) {
        KinesisError error =
                cause instanceof DiskFullException ? KinesisError.DISK_FULL : KinesisError.INTERNAL_FAILURE;
        return error.exception("Shard " + shard.id() + " could not write: " + cause.getMessage(), cause);
    }

    private static PutRecordsResultEntry entry(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Written written ->
                PutRecordsResultEntry.builder()
                        .shardId(written.shard().id())
                        .sequenceNumber(number(written))
                        .build();
            case Outcome.Refused(KinesisException error) ->
                PutRecordsResultEntry.builder()
                        .errorCode(entryCode(error))
                        .errorMessage(error.awsErrorDetails().errorMessage())
                        .build();
        };
    }

    /// A record's result knows two codes only (Amazon Kinesis, PutRecordsResultEntry).
    private static String entryCode(KinesisException error) {
        String code = error.awsErrorDetails().errorCode();
        return code.equals("ProvisionedThroughputExceededException") ? code : "InternalFailure";
    }

    private static String number(Outcome.Written written) {
        return written.shard()
                .sequenceNumber(written.index(), written.arrivalMillis())
                .toString();
    }
}
