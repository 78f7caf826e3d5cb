package dev.feedline.s3.state;

/// What a bucket does with the object a put or delete replaces.
public enum Versioning {
    /// Replaces it; no version id is ever shown.
    NEVER,
    /// Keeps it and gives each put an id of its own.
    ENABLED,
    /// Keeps what was kept and replaces the version `null`.
    SUSPENDED
}
