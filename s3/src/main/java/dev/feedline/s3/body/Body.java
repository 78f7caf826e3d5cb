package dev.feedline.s3.body;

import java.util.List;

/// Where an object's bytes are.
public sealed interface Body {
    /// Up to this size a body lives in the object's row.
    int LARGEST_INLINE = 32 * 1024;

    long length();

    /// In the row.
    @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
    record Inline(byte[] bytes, int crc32c) implements Body {
        @Override
        public long length() {
            return bytes.length;
        }
    }

    /// In files, one after the other.
    record Filed(List<Segment> segments) implements Body {
        public Filed {
            segments = List.copyOf(segments);
        }

        @Override
        public long length() {
            return segments.stream().mapToLong(Segment::length).sum();
        }
    }
}
