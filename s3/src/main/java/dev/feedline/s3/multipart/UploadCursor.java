package dev.feedline.s3.multipart;

/// A place in the listing of uploads: after the upload of that key, time and id.
@SuppressWarnings("ArrayRecordComponent") // never compared
record UploadCursor(byte[] key, long initiatedMillis, String id) {
    /// Before every upload of the key.
    static UploadCursor at(byte[] key) {
        return new UploadCursor(key, Long.MIN_VALUE, "");
    }
}
