package dev.feedline.s3.body;

import org.jspecify.annotations.Nullable;

/// One file that holds a body, or one part of a multipart body.
///
/// @param file its generated name in the [BodyFolder], never derived from a key
/// @param crc32c over the whole file
/// @param sums checked block by block whenever any byte is read; null for a file written before there were any,
///     which is checked by its `crc32c` when it is read from its first byte to its last
public record Segment(
        String file, long length, int crc32c, @Nullable BlockSums sums) {}
