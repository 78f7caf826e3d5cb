package dev.feedline.feeds;

import java.time.Duration;

/// Waiting, handed in so that tests need not.
public interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
}
