package dev.feedline.wire.body;

import dev.feedline.wire.Headers;
import dev.feedline.wire.RequestHead;
import dev.feedline.wire.WireError;
import dev.feedline.wire.signing.PayloadMode;
import dev.feedline.wire.signing.Proof;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// The content of an upload, which does not give out its last byte before everything said about it has been checked.
///
/// So whoever has read all of it may commit it, and whoever stores a wrong one has an exception instead. Reading throws
/// an [AwsServiceException] that says what is wrong; after that every read throws it again.
public final class VerifiedBody extends InputStream {
    private final InputStream content;
    private final long length;
    private final List<Expectation> expectations;
    private final Optional<ChunkedBody> chunks;
    private long left;
    private boolean verified;
    private @Nullable AwsServiceException failure;

    private VerifiedBody(
            InputStream content, long length, List<Expectation> expectations, Optional<ChunkedBody> chunks) {
        this.content = content;
        this.length = length;
        this.left = length;
        this.expectations = expectations;
        this.chunks = chunks;
    }

    /// Wraps the bytes of a request to S3.
    ///
    /// @throws AwsServiceException when the length is missing, or what is announced is malformed or unknown
    public static VerifiedBody of(RequestHead head, Proof proof, InputStream raw) {
        List<Expectation> expectations = announced(head, proof.mode());
        if (!proof.mode().isChunked()) {
            boolean mayHaveContent =
                    head.headers().has("content-length") || head.headers().has("transfer-encoding");
            long length = mayHaveContent ? length(head, "content-length") : 0;
            return new VerifiedBody(raw, length, expectations, Optional.empty());
        }
        List<Expectation.Checksum> trailers = trailers(head);
        expectations.addAll(trailers);
        ChunkedBody chunks = new ChunkedBody(raw, proof.chunks(), trailers);
        return new VerifiedBody(
                chunks, length(head, "x-amz-decoded-content-length"), expectations, Optional.of(chunks));
    }

    /// The content's length in bytes, without the framing of chunks.
    public long length() {
        return length;
    }

    /// Says whether everything was read and found right.
    public boolean isVerified() {
        return verified;
    }

    /// What was found wrong, if anything.
    public Optional<AwsServiceException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        if (failure != null) {
            throw failure;
        }
        try {
            return readChecked(into, from, most);
        } catch (AwsServiceException e) {
            failure = e;
            throw e;
        }
    }

    private int readChecked(byte[] into, int from, int most) throws IOException {
        if (left == 0) {
            finish();
            return -1;
        }
        if (most == 0) {
            return 0;
        }
        int count = content.read(into, from, (int) Math.min(most, left));
        if (count < 0) {
            throw incomplete();
        }
        for (Expectation expectation : expectations) {
            expectation.update(into, from, count);
        }
        left -= count;
        if (left == 0) {
            finish(); // before the last byte is handed over
        }
        return count;
    }

    private void finish() throws IOException {
        if (verified) {
            return;
        }
        if (chunks.isPresent()) {
            chunks.get().finish();
        }
        expectations.forEach(Expectation::check);
        verified = true;
    }

    private AwsServiceException incomplete() {
        return WireError.INCOMPLETE_BODY.because(
                "You did not provide the number of bytes specified by the Content-Length HTTP header: " + left + " of "
                        + length + " are missing.");
    }

    private static List<Expectation> announced(RequestHead head, PayloadMode mode) {
        List<Expectation> expectations = new ArrayList<>();
        if (mode instanceof PayloadMode.Hashed hashed) {
            expectations.add(new Expectation.Sha256(hashed.text()));
        }
        head.headers().first("content-md5").ifPresent(md5 -> expectations.add(new Expectation.Md5(md5)));
        for (ChecksumKind kind : ChecksumKind.values()) {
            head.headers()
                    .first(kind.header())
                    .ifPresent(value -> expectations.add(Expectation.Checksum.ofHeader(kind, value)));
        }
        return expectations;
    }

    private static List<Expectation.Checksum> trailers(RequestHead head) {
        return head.headers().all("x-amz-trailer").stream()
                .map(name -> ChecksumKind.ofHeader(name.strip())
                        .map(Expectation.Checksum::ofTrailer)
                        .orElseThrow(() -> WireError.INVALID_REQUEST.because(
                                "The value specified in the x-amz-trailer header is not supported: " + name)))
                .toList();
    }

    private static long length(RequestHead head, String header) {
        String text = head.headers()
                .first(header)
                .orElseThrow(() ->
                        WireError.MISSING_CONTENT_LENGTH.because("You must provide the " + header + " HTTP header."));
        if (!text.matches("\\d{1,18}")) {
            throw WireError.INVALID_ARGUMENT.because(header + " is no length: " + text);
        }
        return Long.parseLong(text);
    }

    /// The head as it would be without `aws-chunked`: the content's own length and encoding, and the algorithm of the
    /// checksum that comes behind it.
    public RequestHead unchunked(RequestHead head) {
        if (chunks.isEmpty()) {
            return head;
        }
        Headers headers = new Headers();
        for (String name : head.headers().names()) {
            head.headers().all(name).forEach(value -> headers.add(name, value));
        }
        headers.set("content-length", Long.toString(length));
        String encoding = head.headers().all("content-encoding").stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.equals("aws-chunked") && !value.isEmpty())
                .collect(Collectors.joining(","));
        headers.remove("content-encoding");
        if (!encoding.isEmpty()) {
            headers.set("content-encoding", encoding);
        }
        head.headers()
                .first("x-amz-trailer")
                .flatMap(ChecksumKind::ofHeader)
                .ifPresent(kind -> headers.set("x-amz-sdk-checksum-algorithm", kind.name()));
        return new RequestHead(head.method(), head.path(), head.query(), headers);
    }
}
