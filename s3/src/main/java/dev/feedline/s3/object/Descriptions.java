package dev.feedline.s3.object;

import dev.feedline.s3.error.S3Error;
import dev.feedline.s3.state.ObjectDescription;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.model.S3Request;

/// Reads what a request says about an object beside its bytes.
public final class Descriptions {
    /// The request members a description is read from or checked against.
    public static final List<String> MEMBERS = List.of(
            "ACL",
            "CacheControl",
            "ContentDisposition",
            "ContentEncoding",
            "ContentLanguage",
            "ContentType",
            "Expires",
            "Metadata",
            "StorageClass",
            "Tagging",
            "WebsiteRedirectLocation");

    private static final List<String> HEADERS = List.of(
            "CacheControl",
            "ContentDisposition",
            "ContentEncoding",
            "ContentLanguage",
            "ContentType",
            "WebsiteRedirectLocation");

    // S3 user guide, "Working with object metadata": 2 KB of UTF-8, names and values.
    private static final int LARGEST_METADATA = 2048;

    private Descriptions() {}

    /// @param contentType of the body, for a request that names none
    public static ObjectDescription of(S3Request request, Optional<String> contentType) {
        refuseAcl(request);
        refuseStorageClass(request);
        Map<String, String> headers = headers(request);
        headers.putIfAbsent("ContentType", contentType.orElse("binary/octet-stream"));
        Map<String, String> tags = request.getValueForField("Tagging", String.class)
                .map(Tags::parse)
                .orElse(Map.of());
        return new ObjectDescription(headers, metadata(request), tags);
    }

    private static Map<String, String> headers(S3Request request) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : HEADERS) {
            request.getValueForField(name, String.class).ifPresent(value -> headers.put(name, value));
        }
        request.getValueForField("Expires", Instant.class).ifPresent(at -> headers.put("Expires", httpDate(at)));
        withoutChunking(headers);
        return headers;
    }

    static String httpDate(Instant at) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
    }

    /// `aws-chunked` says how the body travelled; S3 stores the encodings beside it.
    private static void withoutChunking(Map<String, String> headers) {
        String encoding = headers.remove("ContentEncoding");
        if (encoding != null) {
            String left = Arrays.stream(encoding.split(","))
                    .map(String::strip)
                    .filter(one -> !one.equals("aws-chunked") && !one.isEmpty())
                    .collect(Collectors.joining(","));
            if (!left.isEmpty()) {
                headers.put("ContentEncoding", left);
            }
        }
    }

    private static Map<String, String> metadata(S3Request request) {
        Map<String, String> metadata = new TreeMap<>();
        Map<?, ?> given = request.getValueForField("Metadata", Map.class).orElse(Map.of());
        given.forEach((name, value) -> metadata.put(name.toString().toLowerCase(Locale.ROOT), value.toString()));
        int size = metadata.entrySet().stream()
                .mapToInt(entry -> utf8Length(entry.getKey()) + utf8Length(entry.getValue()))
                .sum();
        if (size > LARGEST_METADATA) {
            throw S3Error.METADATA_TOO_LARGE.because("Your metadata headers exceed the maximum allowed metadata size: "
                    + size + " bytes of " + LARGEST_METADATA);
        }
        return metadata;
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void refuseAcl(S3Request request) {
        // Buckets have access control lists disabled, as new ones have at AWS; this one changes nothing there.
        request.getValueForField("ACL", String.class).ifPresent(acl -> {
            if (!acl.equals("bucket-owner-full-control")) {
                throw S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED.because("The bucket does not allow ACLs: " + acl);
            }
        });
    }

    private static void refuseStorageClass(S3Request request) {
        request.getValueForField("StorageClass", String.class).ifPresent(name -> {
            if (!name.equals("STANDARD")) {
                throw S3Error.INVALID_STORAGE_CLASS.because(
                        "The storage class you specified is not valid: Feedline has only STANDARD, not " + name);
            }
        });
    }
}
