package dev.feedline.snowflake.pipe;

import dev.feedline.snowflake.catalog.StoredObject;
import dev.feedline.snowflake.copy.CopySpec;
import dev.feedline.snowflake.copy.PipeReference;
import dev.feedline.snowflake.sql.Command.CreatePipe;

/// A pipe with what its COPY names looked up.
record Pipe(StoredObject object, CreatePipe definition, CopySpec spec) {
    String id() {
        return object.id();
    }

    PipeReference reference() {
        return new PipeReference(object.id(), object.name());
    }
}
