package dev.feedline.kernel;

/// Who can mend an error: every room's error enum says it for each of its errors.
public enum Blame {
    /// The request is wrong; sending it again unchanged fails again (HTTP 4xx).
    CALLER,
    /// Feedline failed; the request may be sent again (HTTP 500).
    FEEDLINE,
    /// The machine has run out of something, such as disk; it goes on when there is more (HTTP 503).
    RESOURCE
}
