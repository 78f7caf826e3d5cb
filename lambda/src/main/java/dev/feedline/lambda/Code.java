package dev.feedline.lambda;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.FunctionCode;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionCodeRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Where a request says its code is: in the request, in a bucket, or nowhere.
sealed interface Code {
    record Zip(SdkBytes bytes) implements Code {}

    record InBucket(String bucket, String key, @Nullable String version) implements Code {}

    /// Allowed for built-in functions only.
    record None() implements Code {}

    static Code of(FunctionCode code) {
        return of(code.zipFile(), code.s3Bucket(), code.s3Key(), code.s3ObjectVersion());
    }

    static Code of(UpdateFunctionCodeRequest code) {
        return of(code.zipFile(), code.s3Bucket(), code.s3Key(), code.s3ObjectVersion());
    }

    private static Code of(
            @Nullable SdkBytes zip, @Nullable String bucket, @Nullable String key, @Nullable String version) {
        if (zip != null && (bucket != null || key != null || version != null)) {
            throw LambdaError.INVALID_PARAMETER_VALUE.because(
                    "Please do not provide other FunctionCode parameters when providing a ZipFile.");
        }
        if (zip != null) {
            return new Zip(zip);
        }
        if (bucket == null && key == null) {
            return new None();
        }
        if (bucket == null || key == null) {
            throw LambdaError.INVALID_PARAMETER_VALUE.because("Please provide both S3Bucket and S3Key");
        }
        return new InBucket(bucket, key, version);
    }

    default CodeFolder.Stored storeIn(CodeFolder folder, S3Client s3) {
        return switch (this) {
            case Zip zip ->
                folder.store(new ByteArrayInputStream(zip.bytes().asByteArrayUnsafe()), CodeFolder.LARGEST_ZIP_BYTES);
            case InBucket object -> copy(object, folder, s3);
            case None() -> CodeFolder.Stored.nothing();
        };
    }

    private static CodeFolder.Stored copy(InBucket object, CodeFolder folder, S3Client s3) {
        try (InputStream zip = s3.getObject(
                get -> get.bucket(object.bucket()).key(object.key()).versionId(object.version()))) {
            return folder.store(zip, CodeFolder.LARGEST_UNZIPPED_BYTES);
        } catch (S3Exception e) {
            String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
            throw LambdaError.INVALID_PARAMETER_VALUE.because(
                    "Error occurred while GetObject. S3 Error Code: " + code + ". S3 Error Message: " + e.getMessage(),
                    e);
        } catch (IOException e) {
            throw LambdaError.SERVICE.because("The code could not be read from S3: " + e.getMessage(), e);
        }
    }
}
