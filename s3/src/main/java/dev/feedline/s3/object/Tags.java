package dev.feedline.s3.object;

import dev.feedline.s3.error.S3Error;
import dev.feedline.s3.state.Form;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.Tag;

/// Tags of objects and buckets, and their limits.
public final class Tags {
    static final int MOST_OF_AN_OBJECT = 10;
    static final int MOST_OF_A_BUCKET = 50;

    private Tags() {}

    /// Reads a `x-amz-tagging` header: `a=1&b=2`.
    static Map<String, String> parse(String header) {
        try {
            return checked(Form.read(header), MOST_OF_AN_OBJECT);
        } catch (IllegalArgumentException e) {
            throw S3Error.INVALID_ARGUMENT.because(
                    "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters"
                            + " without tag name duplicates: " + e.getMessage());
        }
    }

    public static Map<String, String> ofObject(List<Tag> tags) {
        return checked(distinct(tags), MOST_OF_AN_OBJECT);
    }

    public static Map<String, String> ofBucket(List<Tag> tags) {
        return checked(distinct(tags), MOST_OF_A_BUCKET);
    }

    public static List<Tag> sdk(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    private static Map<String, String> distinct(List<Tag> tags) {
        Map<String, String> map = new LinkedHashMap<>();
        for (Tag tag : tags) {
            if (map.put(tag.key(), tag.value()) != null) {
                throw S3Error.INVALID_TAG.because("Cannot provide multiple Tags with the same key: " + tag.key());
            }
        }
        return map;
    }

    private static Map<String, String> checked(Map<String, String> tags, int most) {
        if (tags.size() > most) {
            throw S3Error.INVALID_TAG.because("Object tags cannot be greater than " + most);
        }
        tags.forEach((key, value) -> {
            if (key.isEmpty() || key.length() > 128) {
                throw S3Error.INVALID_TAG.because("The TagKey you have provided is invalid: " + key);
            }
            if (value.length() > 256) {
                throw S3Error.INVALID_TAG.because("The TagValue you have provided is invalid: " + value);
            }
        });
        return tags;
    }
}
