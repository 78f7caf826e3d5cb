package dev.feedline.gateway.snowflake;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/// The bounds of the driver protocol.
///
/// @param results the folder where chunks of results wait
/// @param tokenLife how long a session's token is valid; Snowflake's hour
/// @param masterLife how long a session may be idle; Snowflake's four hours
/// @param longestWait how long a driver waits for one answer before it is told to ask again; Snowflake's is 45 s, ours
///     shorter than the gateway lets a connection be silent
/// @param resultLife how long a result with chunks is kept after it was last read, at most
/// @param mostResultBytes how much room all chunks together may take
public record ProtocolSettings(
        Path results,
        InstantSource clock,
        Duration tokenLife,
        Duration masterLife,
        Duration longestWait,
        Duration resultLife,
        long mostResultBytes) {
    public static ProtocolSettings of(Path results, InstantSource clock) {
        return new ProtocolSettings(
                results,
                clock,
                Duration.ofHours(1),
                Duration.ofHours(4),
                Duration.ofSeconds(20),
                Duration.ofHours(1),
                8L << 30);
    }

    public ProtocolSettings waiting(Duration longest) {
        return new ProtocolSettings(results, clock, tokenLife, masterLife, longest, resultLife, mostResultBytes);
    }

    public ProtocolSettings resultBytes(long most) {
        return new ProtocolSettings(results, clock, tokenLife, masterLife, longestWait, resultLife, most);
    }
}
