package dev.feedline.app.audit;

/// One row of a source file as the second reader cuts it.
///
/// @param number within the file, from 1
/// @param bytes the line without its end; the first of them when it is too long
/// @param tooLong whether there is more of it than is kept
/// @param cutOff whether the container ended in it, so that it may be only a part
@SuppressWarnings("ArrayRecordComponent") // raw bytes, since they need not be text
record SourceLine(long number, byte[] bytes, boolean tooLong, boolean cutOff) {}
