package dev.feedline.kinesis;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ListStreamsRequest;
import software.amazon.awssdk.services.kinesis.model.ListStreamsResponse;
import software.amazon.awssdk.services.kinesis.model.ShardFilter;

/// Lists streams and shards, page by page.
final class Listing {
    private static final int DEFAULT_STREAMS = 100;
    private static final int MOST_STREAMS = 10_000;
    private static final int DEFAULT_SHARDS = 1_000;
    /// How long a token may be used (Amazon Kinesis, ListShards).
    private static final long TOKEN_MILLIS = 300_000;

    private final Streams streams;
    private final InstantSource clock;

    /// Where a listing of shards goes on.
    private record Token(long issuedMillis, String afterShard, String stream) {
        static Token parse(String text) {
            try {
                String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 3);
                return new Token(Long.parseLong(parts[0]), parts[1], parts[2]);
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw KinesisError.INVALID_ARGUMENT.exception("Invalid NextToken.", e);
            }
        }

        @Override
        public String toString() {
            String text = issuedMillis + " " + afterShard + " " + stream;
            return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    Listing(Streams streams, InstantSource clock) {
        this.streams = streams;
        this.clock = clock;
    }

    ListStreamsResponse streams(ListStreamsRequest request) {
        int most = Describing.limit("limit", request.limit(), DEFAULT_STREAMS, MOST_STREAMS);
        // A listing's token is the last name it gave, so it never expires.
        String after = request.nextToken() == null ? request.exclusiveStartStreamName() : request.nextToken();
        List<OpenStream> rest = streams.all().stream()
                .filter(stream -> after == null || stream.row().name().compareTo(after) > 0)
                .toList();
        List<OpenStream> page = rest.subList(0, Math.min(most, rest.size()));
        boolean more = rest.size() > most;
        return ListStreamsResponse.builder()
                .streamNames(page.stream().map(stream -> stream.row().name()).toList())
                .streamSummaries(page.stream().map(Describing::listed).toList())
                .hasMoreStreams(more)
                .nextToken(more ? page.getLast().row().name() : null)
                .build();
    }

    ListShardsResponse shards(ListShardsRequest request) {
        int most = Describing.limit("maxResults", request.maxResults(), DEFAULT_SHARDS, Describing.MOST_SHARDS);
        OpenStream stream;
        String after;
        if (request.nextToken() == null) {
            stream = streams.find(request.streamName(), request.streamARN());
            after = first(stream, request);
        } else {
            Token token = token(request);
            stream = streams.require(token.stream());
            after = token.afterShard();
        }
        var rest = Describing.shardsAfter(stream, after);
        var page = rest.subList(0, Math.min(most, rest.size()));
        return ListShardsResponse.builder()
                .shards(page)
                .nextToken(
                        rest.size() > most
                                ? new Token(
                                                clock.millis(),
                                                page.getLast().shardId(),
                                                stream.row().name())
                                        .toString()
                                : null)
                .build();
    }

    private Token token(ListShardsRequest request) {
        if (request.streamName() != null
                || request.exclusiveStartShardId() != null
                || request.streamCreationTimestamp() != null) {
            throw KinesisError.INVALID_ARGUMENT.exception(
                    "NextToken cannot be given together with StreamName, StreamCreationTimestamp or"
                            + " ExclusiveStartShardId.");
        }
        Token token = Token.parse(request.nextToken());
        if (clock.millis() - token.issuedMillis() > TOKEN_MILLIS) {
            throw KinesisError.EXPIRED_NEXT_TOKEN.exception("The NextToken is older than 300 seconds.");
        }
        return token;
    }

    /// The shard behind which to begin. All shards are open and were from the start, so each of the
    /// filters by time gives all of them.
    private @Nullable String first(OpenStream stream, ListShardsRequest request) {
        if (request.streamCreationTimestamp() != null
                && stream.row().created().getEpochSecond()
                        != request.streamCreationTimestamp().getEpochSecond()) {
            throw KinesisError.RESOURCE_NOT_FOUND.exception(
                    "Stream " + stream.row().name() + " was not created at " + request.streamCreationTimestamp() + ".");
        }
        ShardFilter filter = request.shardFilter();
        if (filter == null) {
            return request.exclusiveStartShardId();
        }
        return switch (filter.type()) {
            case AFTER_SHARD_ID -> {
                if (filter.shardId() == null) {
                    throw KinesisError.INVALID_ARGUMENT.exception("AFTER_SHARD_ID needs a ShardId.");
                }
                yield filter.shardId();
            }
            case AT_TIMESTAMP, FROM_TIMESTAMP -> {
                if (filter.timestamp() == null) {
                    throw KinesisError.INVALID_ARGUMENT.exception(filter.type() + " needs a Timestamp.");
                }
                yield request.exclusiveStartShardId();
            }
            case AT_TRIM_HORIZON, FROM_TRIM_HORIZON, AT_LATEST -> request.exclusiveStartShardId();
            case UNKNOWN_TO_SDK_VERSION ->
                throw KinesisError.VALIDATION.exception("Invalid ShardFilter type: " + filter.typeAsString());
        };
    }
}
