package dev.feedline.wire.body;

import dev.feedline.wire.WireError;
import dev.feedline.wire.signing.ChunkSigner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// The content inside `aws-chunked` framing: `size[;chunk-signature=…]`, bytes, …, `0`, trailers.
///
/// A chunk's last byte is given out only after its signature held.
final class ChunkedBody extends InputStream {
    /// A chunk's header line with its signature has about 90 characters.
    private static final int LONGEST_LINE = 1024;

    private static final int MOST_TRAILERS = 8;
    private static final String SIGNATURE = "chunk-signature=";

    private final InputStream raw;
    private final Optional<ChunkSigner> signer;
    private final List<Expectation.Checksum> trailers;
    private final MessageDigest digest;
    private long leftInChunk;
    private String signature = "";
    private boolean ended;

    ChunkedBody(InputStream raw, Optional<ChunkSigner> signer, List<Expectation.Checksum> trailers) {
        this.raw = raw;
        this.signer = signer;
        this.trailers = trailers;
        this.digest = Digests.start("SHA-256");
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        if (leftInChunk == 0 && !ended) {
            openChunk();
        }
        if (ended) {
            return -1;
        }
        int count = raw.read(into, from, (int) Math.min(most, leftInChunk));
        if (count < 0) {
            throw cutShort();
        }
        if (signer.isPresent()) {
            digest.update(into, from, count);
        }
        leftInChunk -= count;
        if (leftInChunk == 0) {
            checkSignature();
            if (!line().isEmpty()) {
                throw malformed("a chunk is longer than it says");
            }
        }
        return count;
    }

    /// Reads the last chunk and the trailers; more content here is an error, because the announced length was reached.
    void finish() throws IOException {
        if (!ended) {
            openChunk();
        }
        if (!ended) {
            throw malformed("there is more content than x-amz-decoded-content-length says");
        }
    }

    private void openChunk() throws IOException {
        String line = line();
        if (line.isEmpty()) {
            throw cutShort();
        }
        int semicolon = line.indexOf(';');
        String size = semicolon < 0 ? line : line.substring(0, semicolon);
        if (!size.matches("[0-9a-fA-F]{1,12}")) {
            throw malformed("a chunk's size is '" + size + "'");
        }
        leftInChunk = Long.parseLong(size, 16);
        signature = signatureOf(semicolon < 0 ? "" : line.substring(semicolon + 1));
        if (leftInChunk == 0) {
            checkSignature();
            readTrailers();
            ended = true;
        }
    }

    private String signatureOf(String extension) {
        if (signer.isEmpty()) {
            if (!extension.isEmpty()) {
                throw malformed("a chunk has an extension");
            }
            return "";
        }
        if (!extension.startsWith(SIGNATURE)) {
            throw malformed("a chunk has no signature");
        }
        return extension.substring(SIGNATURE.length());
    }

    private void checkSignature() {
        if (signer.isPresent() && !signer.get().isNext(HexFormat.of().formatHex(digest.digest()), signature)) {
            throw wrongSignature();
        }
    }

    /// Trailers end with an empty line. They are signed together when the chunks are.
    private void readTrailers() throws IOException {
        StringBuilder signed = new StringBuilder();
        String trailerSignature = "";
        int said = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            if (name.equals("x-amz-trailer-signature") && signer.isPresent()) {
                trailerSignature = value;
            } else {
                trailer(name).trailerSays(value);
                signed.append(name).append(':').append(value).append('\n');
                said++;
            }
            if (said > MOST_TRAILERS) {
                throw badTrailer();
            }
        }
        if (said != trailers.size()) {
            throw badTrailer();
        }
        if (signer.isPresent() && said > 0) {
            String hash =
                    HexFormat.of().formatHex(digest.digest(signed.toString().getBytes(StandardCharsets.UTF_8)));
            if (!signer.get().isTrailer(hash, trailerSignature)) {
                throw wrongSignature();
            }
        }
    }

    private Expectation.Checksum trailer(String name) {
        return trailers.stream()
                .filter(trailer -> trailer.kind().header().equals(name))
                .findFirst()
                .orElseThrow(ChunkedBody::badTrailer);
    }

    /// A line up to CRLF. Some SDKs end the whole body without the last empty line, so its end counts as one.
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = raw.read(); b != '\r'; b = raw.read()) {
            if (b < 0 && line.size() == 0) {
                return "";
            }
            if (b < 0) {
                throw cutShort();
            }
            if (b == '\n' || line.size() == LONGEST_LINE) {
                throw malformed("a line does not end in CRLF");
            }
            line.write(b);
        }
        if (raw.read() != '\n') {
            throw malformed("a line does not end in CRLF");
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private static AwsServiceException malformed(String why) {
        return WireError.INVALID_REQUEST.because("The aws-chunked framing of the body is malformed: " + why + ".");
    }

    private static AwsServiceException cutShort() {
        return WireError.INCOMPLETE_BODY.because("The request body terminated unexpectedly");
    }

    private static AwsServiceException badTrailer() {
        return WireError.MALFORMED_TRAILER.because(
                "The request contained trailing data that was not well-formed or did not conform to our published"
                        + " schema.");
    }

    private static AwsServiceException wrongSignature() {
        return WireError.refusal(
                403,
                "SignatureDoesNotMatch",
                "The signature of a chunk does not match the one we calculated. Check your key and signing method.");
    }
}
