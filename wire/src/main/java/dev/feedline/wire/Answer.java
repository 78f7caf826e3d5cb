package dev.feedline.wire;

/// A complete answer: what a service said, as bytes.
@SuppressWarnings("ArrayRecordComponent") // written once, handed on, never compared
public record Answer(int status, Headers headers, byte[] body) {
    @Override
    public String toString() {
        return status + " with " + body.length + " bytes";
    }
}
