package dev.feedline.wire.signing;

import java.util.Optional;

/// What a signature is good for: one day, one region, one service.
///
/// @param date `yyyyMMdd`
public record Scope(String accessKeyId, String date, String region, String service) {
    private static final String END = "aws4_request";

    /// Parses `AKID/20130524/us-east-1/s3/aws4_request`.
    static Optional<Scope> parse(String credential) {
        String[] parts = credential.split("/", -1);
        if (parts.length != 5 || !parts[4].equals(END) || !parts[1].matches("\\d{8}") || parts[0].isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Scope(parts[0], parts[1], parts[2], parts[3]));
    }

    /// The scope as it is signed, without the key's id.
    String text() {
        return String.join("/", date, region, service, END);
    }
}
