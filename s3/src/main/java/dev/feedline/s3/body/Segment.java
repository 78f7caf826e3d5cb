package dev.feedline.s3.body;

/// One file that holds a body, or one part of a multipart body.
///
/// @param file its generated name in the [BodyFolder], never derived from a key
/// @param crc32c over the whole file, checked whenever it is read from its first byte to its last
public record Segment(String file, long length, int crc32c) {}
