package dev.feedline.convert;

import java.io.Serializable;

/// Neighbouring lines of one landing object that hold rows of one chunk in rising order.
///
/// @param offset the first line's first byte in the landing object
/// @param length in bytes, line ends included
/// @param rows how many lines; fewer than `last - first + 1` where rows were bad or went elsewhere
public record Run(long offset, long length, long first, long last, long rows) implements Serializable {}
