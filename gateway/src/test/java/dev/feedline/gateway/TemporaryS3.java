package dev.feedline.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.*;

/// Just enough of S3 to be talked to: objects are temporary files, streamed in and out.
final class TemporaryS3 implements S3Client {
    record Stored(Path file, long length, String etag, PutObjectRequest request, Instant at) {}

    final ConcurrentSkipListMap<String, Stored> objects = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<String, Instant> buckets = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<String, Path> parts = new ConcurrentSkipListMap<>();
    private final AtomicInteger names = new AtomicInteger();
    private final Path folder;

    TemporaryS3(Path folder) {
        this.folder = folder;
    }

    @Override
    public CreateBucketResponse createBucket(CreateBucketRequest request) {
        buckets.put(request.bucket(), Instant.now());
        return CreateBucketResponse.builder().location("/" + request.bucket()).build();
    }

    @Override
    public ListBucketsResponse listBuckets(ListBucketsRequest request) {
        return ListBucketsResponse.builder()
                .buckets(buckets.entrySet().stream()
                        .map(e -> Bucket.builder()
                                .name(e.getKey())
                                .creationDate(e.getValue())
                                .build())
                        .toList())
                .build();
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
        if ("*".equals(request.ifNoneMatch()) && objects.containsKey(request.bucket() + "/" + request.key())) {
            throw (S3Exception) S3Exception.builder()
                    .statusCode(412)
                    .awsErrorDetails(details("PreconditionFailed", "At least one of the pre-conditions did not hold"))
                    .build();
        }
        Path file = folder.resolve("object-" + names.incrementAndGet());
        String etag = write(file, body);
        try {
            Stored stored = new Stored(file, Files.size(file), etag, request, Instant.now());
            objects.put(request.bucket() + "/" + request.key(), stored);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return PutObjectResponse.builder().eTag(etag).build();
    }

    @Override
    public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
        Stored stored = find(request.bucket(), request.key());
        if (stored.etag().equals(request.ifNoneMatch())) {
            throw (S3Exception) S3Exception.builder()
                    .statusCode(304)
                    .awsErrorDetails(details("NotModified", "Not Modified"))
                    .build();
        }
        try (InputStream in = Files.newInputStream(stored.file())) {
            GetObjectResponse.Builder response = GetObjectResponse.builder()
                    .contentLength(stored.length())
                    .eTag(stored.etag())
                    .metadata(stored.request().metadata())
                    .contentType(stored.request().contentType())
                    .lastModified(stored.at());
            if (request.range() != null) {
                String[] range = request.range().replace("bytes=", "").split("-", -1);
                long from = Long.parseLong(range[0]);
                long to = range[1].isEmpty()
                        ? stored.length() - 1
                        : Math.min(stored.length() - 1, Long.parseLong(range[1]));
                in.skipNBytes(from);
                response.contentLength(to - from + 1).contentRange("bytes " + from + "-" + to + "/" + stored.length());
                return transformer.transform(
                        response.build(), AbortableInputStream.create(new FirstBytes(in, to - from + 1)));
            }
            return transformer.transform(response.build(), AbortableInputStream.create(in));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw SdkClientException.create("not sent", e);
        }
    }

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
        Stored stored = find(request.bucket(), request.key());
        return HeadObjectResponse.builder()
                .contentLength(stored.length())
                .eTag(stored.etag())
                .lastModified(stored.at())
                .metadata(stored.request().metadata())
                .build();
    }

    @Override
    public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
        objects.remove(request.bucket() + "/" + request.key());
        return DeleteObjectResponse.builder().build();
    }

    @Override
    public DeleteObjectsResponse deleteObjects(DeleteObjectsRequest request) {
        List<DeletedObject> deleted = request.delete().objects().stream()
                .map(each -> {
                    objects.remove(request.bucket() + "/" + each.key());
                    return DeletedObject.builder().key(each.key()).build();
                })
                .toList();
        return DeleteObjectsResponse.builder().deleted(deleted).build();
    }

    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
        String prefix = Optional.ofNullable(request.prefix()).orElse("");
        List<S3Object> contents = objects.entrySet().stream()
                .filter(e -> e.getKey().startsWith(request.bucket() + "/" + prefix))
                .map(e -> S3Object.builder()
                        .key(e.getKey().substring(request.bucket().length() + 1))
                        .size(e.getValue().length())
                        .eTag(e.getValue().etag())
                        .lastModified(e.getValue().at())
                        .build())
                .toList();
        return ListObjectsV2Response.builder()
                .name(request.bucket())
                .prefix(request.prefix())
                .encodingType(request.encodingType())
                .contents(contents)
                .keyCount(contents.size())
                .isTruncated(false)
                .build();
    }

    @Override
    public GetBucketLocationResponse getBucketLocation(GetBucketLocationRequest request) {
        return GetBucketLocationResponse.builder().build();
    }

    @Override
    public CreateMultipartUploadResponse createMultipartUpload(CreateMultipartUploadRequest request) {
        return CreateMultipartUploadResponse.builder()
                .bucket(request.bucket())
                .key(request.key())
                .uploadId("upload-" + names.incrementAndGet())
                .build();
    }

    @Override
    public UploadPartResponse uploadPart(UploadPartRequest request, RequestBody body) {
        Path file = folder.resolve("part-" + names.incrementAndGet());
        String etag = write(file, body);
        parts.put(request.uploadId() + "/" + request.partNumber(), file);
        return UploadPartResponse.builder().eTag(etag).build();
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(CompleteMultipartUploadRequest request) {
        Path file = folder.resolve("object-" + names.incrementAndGet());
        try (var out = Files.newOutputStream(file)) {
            for (CompletedPart part : request.multipartUpload().parts()) {
                Files.copy(parts.get(request.uploadId() + "/" + part.partNumber()), out);
            }
            out.flush();
            PutObjectRequest put = PutObjectRequest.builder()
                    .bucket(request.bucket())
                    .key(request.key())
                    .build();
            objects.put(
                    request.bucket() + "/" + request.key(),
                    new Stored(file, Files.size(file), "\"whole\"", put, Instant.now()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return CompleteMultipartUploadResponse.builder()
                .bucket(request.bucket())
                .key(request.key())
                .eTag("\"whole\"")
                .build();
    }

    private Stored find(String bucket, String key) {
        Stored stored = objects.get(bucket + "/" + key);
        if (stored == null) {
            throw NoSuchKeyException.builder()
                    .statusCode(404)
                    .awsErrorDetails(details("NoSuchKey", "The specified key does not exist."))
                    .build();
        }
        return stored;
    }

    private static String write(Path file, RequestBody body) {
        try (InputStream in = body.contentStreamProvider().newStream();
                var out = Files.newOutputStream(file)) {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            byte[] buffer = new byte[64 * 1024];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                md5.update(buffer, 0, count);
            }
            return "\"" + HexFormat.of().formatHex(md5.digest()) + "\"";
        } catch (IOException | NoSuchAlgorithmException e) {
            throw SdkClientException.create("not stored " + Arrays.asList(file), e);
        }
    }

    private static AwsErrorDetails details(String code, String message) {
        return AwsErrorDetails.builder().errorCode(code).errorMessage(message).build();
    }

    @Override
    public String serviceName() {
        return "s3";
    }

    @Override
    public void close() {}
}
