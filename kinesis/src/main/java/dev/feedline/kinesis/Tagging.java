package dev.feedline.kinesis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.kinesis.model.ListTagsForStreamRequest;
import software.amazon.awssdk.services.kinesis.model.ListTagsForStreamResponse;
import software.amazon.awssdk.services.kinesis.model.Tag;

/// The tags of streams (Amazon Kinesis, AddTagsToStream: at most 50, keys to 128 and values to 256
/// characters).
final class Tagging {
    static final int MOST = 50;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    private final Catalog catalog;

    Tagging(Catalog catalog) {
        this.catalog = catalog;
    }

    void add(OpenStream stream, Map<String, String> tags) {
        check(tags);
        Map<String, String> together = new HashMap<>(catalog.tags(stream.row().id()));
        together.putAll(tags);
        checkCount(together.size());
        catalog.addTags(stream.row().id(), tags);
    }

    void remove(OpenStream stream, List<String> keys) {
        catalog.removeTags(stream.row().id(), keys);
    }

    ListTagsForStreamResponse list(OpenStream stream, ListTagsForStreamRequest request) {
        int most = Describing.limit("limit", request.limit(), MOST, MOST);
        String after = request.exclusiveStartTagKey();
        List<Tag> rest = catalog.tags(stream.row().id()).entrySet().stream()
                .filter(tag -> after == null || tag.getKey().compareTo(after) > 0)
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        return ListTagsForStreamResponse.builder()
                .tags(rest.subList(0, Math.min(most, rest.size())))
                .hasMoreTags(rest.size() > most)
                .build();
    }

    static void check(Map<String, String> tags) {
        checkCount(tags.size());
        tags.forEach((key, value) -> {
            if (key.isEmpty() || key.length() > LONGEST_KEY || value.length() > LONGEST_VALUE) {
                throw KinesisError.INVALID_ARGUMENT.exception("Tag key " + key + " has 1 to " + LONGEST_KEY
                        + " characters, its value at most " + LONGEST_VALUE + ".");
            }
        });
    }

    private static void checkCount(int count) {
        if (count > MOST) {
            throw KinesisError.INVALID_ARGUMENT.exception("A stream has at most " + MOST + " tags, not " + count + ".");
        }
    }
}
