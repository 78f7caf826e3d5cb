package dev.feedline.snowflake.catalog;

import dev.feedline.snowflake.sql.ObjectKind;
import java.time.Instant;

/// A stage, file format or pipe.
///
/// @param id changes when it is replaced; a pipe's history goes by it
/// @param definition its CREATE statement as written; read again when it is used
/// @param paused a pipe that takes events but loads nothing
public record StoredObject(
        ObjectKind kind,
        Qualified name,
        String id,
        Instant createdOn,
        String comment,
        String definition,
        boolean paused) {}
