package dev.feedline.s3.listing;

import dev.feedline.s3.error.Honoured;
import dev.feedline.s3.error.S3Error;
import dev.feedline.s3.state.Key;
import dev.feedline.s3.state.ObjectVersion;
import dev.feedline.s3.state.Owners;
import dev.feedline.s3.state.S3Store;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.Owner;
import software.amazon.awssdk.services.s3.model.S3Object;

/// ListObjects and ListObjectsV2.
///
/// Keys are raw here; `EncodingType` is about their form on the wire, which is where it is answered.
public final class ListObjects {
    private static final Honoured V1 =
            Honoured.members("Bucket", "Delimiter", "EncodingType", "Marker", "MaxKeys", "Prefix");
    private static final Honoured V2 = Honoured.members(
            "Bucket",
            "Delimiter",
            "EncodingType",
            "MaxKeys",
            "Prefix",
            "ContinuationToken",
            "FetchOwner",
            "StartAfter");

    private final S3Store store;

    public ListObjects(S3Store store) {
        this.store = store;
    }

    public ListObjectsResponse list(ListObjectsRequest request) {
        V1.check(request, store.ground().account());
        ListingRequest asked = ListingRequest.of(request, "MaxKeys");
        String marker = Optional.ofNullable(request.marker()).orElse("");
        ObjectScan.Result result = store.read(tx -> new ObjectScan(tx, asked).from(afterMarker(asked, marker)));
        boolean delimited = !asked.delimiter().isEmpty();
        return ListObjectsResponse.builder()
                .name(asked.bucket())
                .prefix(asked.prefix())
                .delimiter(request.delimiter())
                .marker(marker)
                .maxKeys(asked.limit())
                .isTruncated(result.truncated())
                .nextMarker(delimited && result.truncated() ? result.page().lastName() : null)
                .contents(contents(result, Owners.of(store.ground().account())))
                .commonPrefixes(commonPrefixes(result.page()))
                .build();
    }

    public ListObjectsV2Response list(ListObjectsV2Request request) {
        V2.check(request, store.ground().account());
        ListingRequest asked = ListingRequest.of(request, "MaxKeys");
        ObjectScan.Result result = store.read(tx -> new ObjectScan(tx, asked).from(start(request)));
        List<CommonPrefix> prefixes = commonPrefixes(result.page());
        Owner owner = Boolean.TRUE.equals(request.fetchOwner())
                ? Owners.of(store.ground().account())
                : null;
        return ListObjectsV2Response.builder()
                .name(asked.bucket())
                .prefix(asked.prefix())
                .delimiter(request.delimiter())
                .startAfter(request.startAfter())
                .maxKeys(asked.limit())
                .keyCount(result.page().entries().size() + prefixes.size())
                .isTruncated(result.truncated())
                .continuationToken(request.continuationToken())
                .nextContinuationToken(result.next().map(ListObjects::token).orElse(null))
                .contents(contents(result, owner))
                .commonPrefixes(prefixes)
                .build();
    }

    /// A marker that is itself a common prefix, as `NextMarker` may be, stands for everything under it.
    public static byte[] afterMarker(ListingRequest asked, String marker) {
        boolean isPrefix = !asked.delimiter().isEmpty()
                && marker.startsWith(asked.prefix())
                && marker.indexOf(asked.delimiter(), asked.prefix().length())
                        == marker.length() - asked.delimiter().length()
                && marker.length() > asked.prefix().length();
        byte[] bytes = ListingRequest.utf8(marker);
        return isPrefix ? Key.afterAll(bytes) : after(marker);
    }

    private static byte[] start(ListObjectsV2Request request) {
        return request.continuationToken() == null
                ? after(Optional.ofNullable(request.startAfter()).orElse(""))
                : position(request.continuationToken());
    }

    private static byte[] after(String key) {
        return key.isEmpty() ? new byte[0] : Key.after(ListingRequest.utf8(key));
    }

    private static String token(byte[] position) {
        return Base64.getUrlEncoder().encodeToString(position);
    }

    private static byte[] position(String token) {
        try {
            return Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            throw S3Error.INVALID_ARGUMENT.because("The continuation token provided is incorrect", e);
        }
    }

    private static List<S3Object> contents(ObjectScan.Result result, @Nullable Owner owner) {
        return result.page().entries().stream()
                .map(version -> shown(version, owner))
                .toList();
    }

    private static S3Object shown(ObjectVersion version, @Nullable Owner owner) {
        S3Object.Builder object = S3Object.builder()
                .key(version.key())
                .lastModified(version.lastModified())
                .eTag(version.quotedEtag())
                .size(version.size())
                .storageClass("STANDARD")
                .owner(owner);
        version.checksum()
                .ifPresent(checksum -> object.checksumAlgorithmWithStrings(
                                checksum.algorithm().name())
                        .checksumType(checksum.type().name()));
        return object.build();
    }

    public static List<CommonPrefix> commonPrefixes(Page<?> page) {
        return page.commonPrefixes().stream()
                .map(prefix -> CommonPrefix.builder().prefix(prefix).build())
                .toList();
    }
}
