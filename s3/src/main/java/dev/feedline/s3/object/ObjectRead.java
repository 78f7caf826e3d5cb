package dev.feedline.s3.object;

import dev.feedline.s3.body.Segment;
import dev.feedline.s3.error.S3Error;
import dev.feedline.s3.state.ObjectVersion;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.S3Request;

/// What GetObject and HeadObject share: the range asked for and the headers of the answer.
///
/// @param range of the object's bytes
/// @param partial whether less than the whole was asked for
/// @param partsCount of a multipart object that was asked for by part
record ObjectRead(
        ObjectLookup.Found found,
        ByteRange range,
        boolean partial,
        @Nullable Integer partsCount) {
    private static final List<String> OVERRIDES =
            List.of("CacheControl", "ContentDisposition", "ContentEncoding", "ContentLanguage", "ContentType");

    /// The members of the two requests that are acted on.
    static final String[] MEMBERS = {
        "Bucket",
        "Key",
        "VersionId",
        "Range",
        "PartNumber",
        "ChecksumMode",
        "IfMatch",
        "IfNoneMatch",
        "IfModifiedSince",
        "IfUnmodifiedSince",
        "ResponseCacheControl",
        "ResponseContentDisposition",
        "ResponseContentEncoding",
        "ResponseContentLanguage",
        "ResponseContentType",
        "ResponseExpires"
    };

    static ObjectRead of(S3Request request, ObjectLookup.Found found, List<Segment> segments) {
        long size = found.version().size();
        Optional<String> header = request.getValueForField("Range", String.class);
        Optional<Integer> part = request.getValueForField("PartNumber", Integer.class);
        if (part.isPresent() && header.isPresent()) {
            throw S3Error.INVALID_REQUEST.because("Cannot specify both Range header and partNumber query parameter");
        }
        if (part.isPresent()) {
            return ofPart(part.get(), found, segments);
        }
        Optional<ByteRange> range = header.flatMap(text -> ByteRange.parse(text, size));
        return new ObjectRead(found, range.orElse(ByteRange.all(size)), range.isPresent(), null);
    }

    private static ObjectRead ofPart(int number, ObjectLookup.Found found, List<Segment> segments) {
        long size = found.version().size();
        boolean multipart = found.version().isMultipart();
        int count = multipart ? segments.size() : 1;
        if (number < 1 || number > count) {
            throw S3Error.INVALID_PART_NUMBER.because(
                    "The requested partnumber is not satisfiable: " + number + " of " + count);
        }
        if (!multipart) {
            return new ObjectRead(found, ByteRange.all(size), size > 0, null);
        }
        long offset = segments.subList(0, number - 1).stream()
                .mapToLong(Segment::length)
                .sum();
        ByteRange range = new ByteRange(offset, segments.get(number - 1).length(), size);
        return new ObjectRead(found, range, true, count);
    }

    /// Sets everything the two responses say.
    void into(SdkPojo response, S3Request request) {
        ObjectVersion version = found.version();
        Map<String, Object> members = new HashMap<>(version.description().headers());
        String expires = version.description().headers().get("Expires");
        if (expires != null) {
            members.put("Expires", Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(expires)));
            members.put("ExpiresString", expires);
        }
        members.put("AcceptRanges", "bytes");
        members.put("LastModified", version.lastModified());
        members.put("ContentLength", range.length());
        members.put("ETag", version.quotedEtag());
        members.put("Metadata", version.description().metadata());
        putIfPresent(members, "VersionId", found.shownVersionId());
        putIfPresent(members, "ContentRange", partial ? range.contentRange() : null);
        putIfPresent(members, "PartsCount", partsCount);
        int tags = version.description().tags().size();
        putIfPresent(members, "TagCount", tags > 0 ? tags : null);
        override(members, request);
        Members.set(response, members);
        boolean checksumWanted =
                request.getValueForField("ChecksumMode", Object.class).isPresent();
        if (checksumWanted && !partial) {
            version.checksum().ifPresent(checksum -> checksum.into(response));
        }
    }

    /// `response-content-type` and the like, as presigned links use them.
    private static void override(Map<String, Object> members, S3Request request) {
        for (String name : OVERRIDES) {
            request.getValueForField("Response" + name, String.class).ifPresent(value -> members.put(name, value));
        }
        request.getValueForField("ResponseExpires", Instant.class).ifPresent(at -> {
            members.put("Expires", at);
            members.put("ExpiresString", Descriptions.httpDate(at));
        });
    }

    private static void putIfPresent(Map<String, Object> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
    }
}
