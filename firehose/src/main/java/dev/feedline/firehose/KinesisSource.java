package dev.feedline.firehose;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/// A Kinesis stream as a source. Belongs to one thread.
///
/// A reading that goes on where the last one ended uses the iterator that came with it; any other
/// place, and an iterator that has expired, asks for a new one.
final class KinesisSource implements Source {
    private final KinesisClient kinesis;
    private final String arn;
    private final Map<String, Following> following = new HashMap<>();

    private record Following(Place place, String iterator) {}

    KinesisSource(KinesisClient kinesis, String arn) {
        this.kinesis = kinesis;
        this.arn = arn;
    }

    @Override
    public String arn() {
        return arn;
    }

    @Override
    public List<String> shards() {
        List<String> shards = new ArrayList<>();
        ListShardsResponse page =
                kinesis.listShards(ListShardsRequest.builder().streamARN(arn).build());
        while (true) {
            page.shards().stream().map(Shard::shardId).forEach(shards::add);
            String token = page.nextToken();
            if (token == null) {
                return shards;
            }
            page = kinesis.listShards(
                    ListShardsRequest.builder().nextToken(token).build());
        }
    }

    @Override
    public List<Arrived> read(String shard, Place from) throws GoneException {
        Following known = following.remove(shard); // after a failure the next reading asks for a new iterator
        GetRecordsResponse response;
        try {
            response = records(known != null && known.place().equals(from) ? known.iterator() : iterator(shard, from));
        } catch (ExpiredIteratorException e) {
            response = records(iterator(shard, from));
        }
        List<Arrived> records = response.records().stream()
                .map(record -> new Arrived(
                        record.sequenceNumber(),
                        record.approximateArrivalTimestamp(),
                        record.data().asByteArrayUnsafe()))
                .toList();
        follow(
                shard,
                records.isEmpty() ? from : new Place.After(records.getLast().sequence()),
                response);
        return records;
    }

    private void follow(String shard, Place place, GetRecordsResponse response) {
        if (response.nextShardIterator() != null) { // else the shard is closed and read to its end
            following.put(shard, new Following(place, response.nextShardIterator()));
        }
    }

    private GetRecordsResponse records(String iterator) {
        return kinesis.getRecords(GetRecordsRequest.builder()
                .shardIterator(iterator)
                .streamARN(arn)
                .build());
    }

    private String iterator(String shard, Place from) throws GoneException {
        GetShardIteratorRequest.Builder request =
                GetShardIteratorRequest.builder().streamARN(arn).shardId(shard);
        switch (from) {
            case Place.Beginning beginning -> request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
            case Place.At(String sequence) ->
                request.shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER).startingSequenceNumber(sequence);
            case Place.After(String sequence) ->
                request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                        .startingSequenceNumber(sequence);
        }
        try {
            return kinesis.getShardIterator(request.build()).shardIterator();
        } catch (InvalidArgumentException e) {
            throw new GoneException("Shard " + shard + " of " + arn + " has no place " + from, e);
        }
    }
}
