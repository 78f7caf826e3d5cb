package dev.feedline.kinesis.log;

/// A record as it was read back from a log.
///
/// @param index its place in the log, counted from 1 without gaps
/// @param arrivalMillis when the log took it, by the wall clock of that moment
public record LogRecord(long index, long arrivalMillis, String partitionKey, byte[] data) {}
