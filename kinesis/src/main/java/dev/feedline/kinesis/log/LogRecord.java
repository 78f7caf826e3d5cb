package dev.feedline.kinesis.log;

/// A record as it was read back from a log.
///
/// @param index its place in the log, counted from 1 without gaps
/// @param arrivalMillis when the log took it, by the wall clock of that moment
@SuppressWarnings("ArrayRecordComponent") // never compared, and copying every record would cost a pass over the data
public record LogRecord(long index, long arrivalMillis, String partitionKey, byte[] data) {}
