package dev.feedline.feeds.ingest;

import dev.feedline.rows.SchemaJson;
import dev.feedline.rows.SchemaPolicy;
import org.jspecify.annotations.Nullable;

/// What reading the whole file once before anything is sent came to; pinned.
///
/// @param holdReason why no row of the file may be sent, when that is so
/// @param ruling what its rows were judged under, when they were
public record FirstPass(
        long received,
        long bad,
        @Nullable String holdReason,
        @Nullable Ruling ruling) {

    /// The schema, as it stands in the catalog under that version, and the policy: under them, and only under them, are
    /// the bad rows as many as were counted, so the rows are sent under them, too.
    ///
    /// @param schema as [SchemaJson] writes it
    public record Ruling(String schema, String schemaVersion, SchemaPolicy policy) {
        SchemaBook.Edition edition() {
            return new SchemaBook.Edition(SchemaJson.read(schema), schemaVersion);
        }
    }
}
