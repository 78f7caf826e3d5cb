package dev.feedline.app.kills;

/// How far a file had come when the server was killed.
enum Stage {
    /// The client was sending; there was no version in the source bucket.
    UPLOADING,
    /// The version was there, its cut not pinned.
    UPLOADED,
    /// The cut was pinned; nothing was recorded or landed.
    PINNED,
    /// Rows had landed; their chunk's record was not there yet.
    LANDED_UNRECORDED,
    /// The chunk was recorded; its rows had not all landed.
    RECORDED,
    /// Rows had landed and were recorded; there was no lake object.
    LANDED,
    /// The lake object was there; the table had not loaded it.
    IN_LAKE,
    /// The rows were loaded; receipt or quarantine were not.
    LOADED,
    /// All was loaded: nothing was in flight any more.
    BALANCED
}
