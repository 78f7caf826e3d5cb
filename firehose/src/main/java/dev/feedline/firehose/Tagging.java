package dev.feedline.firehose;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.firehose.model.ListTagsForDeliveryStreamRequest;
import software.amazon.awssdk.services.firehose.model.ListTagsForDeliveryStreamResponse;
import software.amazon.awssdk.services.firehose.model.Tag;

/// The tags of delivery streams (at most 50, keys to 128 and values to 256 characters).
final class Tagging {
    static final int MOST = 50;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    private final Catalog catalog;

    Tagging(Catalog catalog) {
        this.catalog = catalog;
    }

    void add(DeliveryStream stream, List<Tag> tags) {
        Map<String, String> added = checked(tags);
        Map<String, String> together = new LinkedHashMap<>(catalog.tags(stream.id()));
        together.putAll(added);
        checkCount(together.size());
        catalog.addTags(stream.id(), added);
    }

    void remove(DeliveryStream stream, List<String> keys) {
        catalog.removeTags(stream.id(), keys);
    }

    ListTagsForDeliveryStreamResponse list(DeliveryStream stream, ListTagsForDeliveryStreamRequest request) {
        int most = Describing.limit(request.limit(), MOST, MOST);
        String after = request.exclusiveStartTagKey();
        List<Tag> rest = catalog.tags(stream.id()).entrySet().stream()
                .filter(tag -> after == null || tag.getKey().compareTo(after) > 0)
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        return ListTagsForDeliveryStreamResponse.builder()
                .tags(Describing.page(rest, most))
                .hasMoreTags(rest.size() > most)
                .build();
    }

    static Map<String, String> checked(List<Tag> tags) {
        checkCount(tags.size());
        Map<String, String> checked = new LinkedHashMap<>();
        for (Tag tag : tags) {
            String value = tag.value() == null ? "" : tag.value();
            if (tag.key().isEmpty() || tag.key().length() > LONGEST_KEY || value.length() > LONGEST_VALUE) {
                throw FirehoseError.INVALID_ARGUMENT.exception("Tag key " + tag.key() + " has 1 to " + LONGEST_KEY
                        + " characters, its value at most " + LONGEST_VALUE + ".");
            }
            checked.put(tag.key(), value);
        }
        return checked;
    }

    private static void checkCount(int count) {
        if (count > MOST) {
            throw FirehoseError.LIMIT_EXCEEDED.exception("A Firehose has at most " + MOST + " tags, not " + count);
        }
    }
}
