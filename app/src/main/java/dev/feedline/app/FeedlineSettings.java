package dev.feedline.app;

import dev.feedline.feeds.definition.Definition;
import dev.feedline.feeds.definition.StorageChoice;
import dev.feedline.kernel.Bell;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/// What a Feedline is started with.
///
/// @param port 0 takes a free one
/// @param pipeline whether files are processed; without it the folder is only served, as the reading commands do
/// @param sweepEvery how often the sweep looks for what lost events have left behind
/// @param servicesOverHttp whether the services reach each other through the port, as they would on AWS
/// @param bell how the services tell each other that something arrived
/// @param aws how AWS is reached, where the definition's storage is there
/// @param onFailure told when a store or the disk has failed for good: the process should stop
public record FeedlineSettings(
        Path data,
        String host,
        int port,
        Definition definition,
        boolean pipeline,
        Duration sweepEvery,
        boolean servicesOverHttp,
        Bell bell,
        AwsAccess aws,
        Consumer<Exception> onFailure) {
    public static final Duration SWEEP_EVERY = Duration.ofMinutes(2);
    /// A sweep lists the buckets, and AWS takes money for every thousand keys.
    public static final Duration SWEEP_EVERY_AT_AWS = Duration.ofMinutes(15);

    public static FeedlineSettings of(Path data, Definition definition, Consumer<Exception> onFailure) {
        Duration sweepEvery = definition.storage() == StorageChoice.AWS ? SWEEP_EVERY_AT_AWS : SWEEP_EVERY;
        return new FeedlineSettings(
                data, "127.0.0.1", 0, definition, true, sweepEvery, false, new Bell(), AwsAccess.STANDARD, onFailure);
    }

    public FeedlineSettings at(String newHost, int newPort) {
        return new FeedlineSettings(
                data, newHost, newPort, definition, pipeline, sweepEvery, servicesOverHttp, bell, aws, onFailure);
    }

    public FeedlineSettings readingOnly() {
        return new FeedlineSettings(
                data, host, port, definition, false, sweepEvery, servicesOverHttp, bell, aws, onFailure);
    }

    public FeedlineSettings sweeping(Duration every) {
        return new FeedlineSettings(
                data, host, port, definition, pipeline, every, servicesOverHttp, bell, aws, onFailure);
    }

    /// Slower, and the same in every other way.
    public FeedlineSettings overHttp() {
        return new FeedlineSettings(data, host, port, definition, pipeline, sweepEvery, true, bell, aws, onFailure);
    }

    /// With other bells: for measurements, no option of the command.
    public FeedlineSettings with(Bell newBell) {
        return new FeedlineSettings(
                data, host, port, definition, pipeline, sweepEvery, servicesOverHttp, newBell, aws, onFailure);
    }

    /// With AWS reached as a test says.
    public FeedlineSettings reaching(AwsAccess newAws) {
        return new FeedlineSettings(
                data, host, port, definition, pipeline, sweepEvery, servicesOverHttp, bell, newAws, onFailure);
    }
}
