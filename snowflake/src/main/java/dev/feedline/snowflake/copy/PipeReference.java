package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.catalog.Qualified;

/// The pipe a load belongs to.
///
/// @param id changes when the pipe is replaced: its history is then forgotten
public record PipeReference(String id, Qualified name) {}
