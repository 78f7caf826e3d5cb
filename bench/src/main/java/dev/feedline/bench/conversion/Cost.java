package dev.feedline.bench.conversion;

/// What one conversion took.
///
/// @param cpuSeconds user and system, of all the process's threads
/// @param peakBytes the most memory that its process has had in RAM so far
record Cost(double wallSeconds, double cpuSeconds, long peakBytes) {}
