package dev.feedline.feeds;

import java.time.Duration;

/// How long the function may go on before it is cut off.
public interface RemainingTime {
    Duration left();
}
