package dev.feedline.s3.object;

import dev.feedline.s3.error.S3Error;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A range of an object's bytes.
public record ByteRange(long offset, long length, long total) {
    private static final Pattern ONE_RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    public static ByteRange all(long total) {
        return new ByteRange(0, total, total);
    }

    /// Reads a `Range` header; one that is no single byte range is ignored, as S3 ignores it.
    static Optional<ByteRange> parse(String header, long total) {
        Matcher parts = ONE_RANGE.matcher(header.strip());
        if (!parts.matches() || (parts.group(1).isEmpty() && parts.group(2).isEmpty())) {
            return Optional.empty();
        }
        if (parts.group(1).isEmpty()) {
            return Optional.of(last(Long.parseLong(parts.group(2)), total));
        }
        long first = Long.parseLong(parts.group(1));
        long last = parts.group(2).isEmpty() ? total - 1 : Math.min(Long.parseLong(parts.group(2)), total - 1);
        if (!parts.group(2).isEmpty() && Long.parseLong(parts.group(2)) < first) {
            return Optional.empty();
        }
        if (first >= total) {
            throw unsatisfiable(header, total);
        }
        return Optional.of(new ByteRange(first, last - first + 1, total));
    }

    /// Reads the range of a copy's source, which must lie within it.
    public static ByteRange parseCopied(String header, long total) {
        Matcher parts = ONE_RANGE.matcher(header.strip());
        boolean complete =
                parts.matches() && !parts.group(1).isEmpty() && !parts.group(2).isEmpty();
        if (!complete) {
            throw S3Error.INVALID_ARGUMENT.because("The x-amz-copy-source-range value must be of the form"
                    + " bytes=first-last where first and last are the zero-based offsets: " + header);
        }
        long first = Long.parseLong(parts.group(1));
        long last = Long.parseLong(parts.group(2));
        if (first > last || last >= total) {
            throw S3Error.INVALID_ARGUMENT.because(
                    "Range specified is not valid for source object of size " + total + ": " + header);
        }
        return new ByteRange(first, last - first + 1, total);
    }

    private static ByteRange last(long count, long total) {
        if (count == 0 || total == 0) {
            throw unsatisfiable("bytes=-" + count, total);
        }
        long length = Math.min(count, total);
        return new ByteRange(total - length, length, total);
    }

    /// As it stands in a `Content-Range` header.
    String contentRange() {
        return "bytes " + offset + "-" + (offset + length - 1) + "/" + total;
    }

    private static RuntimeException unsatisfiable(String header, long total) {
        return S3Error.INVALID_RANGE.because(
                "The requested range is not satisfiable: " + header + " of an object of " + total + " bytes");
    }
}
