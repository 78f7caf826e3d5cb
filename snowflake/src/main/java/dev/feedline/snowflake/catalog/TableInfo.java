package dev.feedline.snowflake.catalog;

import dev.feedline.snowflake.sql.TableTraits;
import java.time.Instant;
import java.util.List;

/// A table or view.
///
/// @param id changes when the table is replaced; its load history goes by it
/// @param text a view's statement as written, else empty
public record TableInfo(
        Qualified name,
        boolean view,
        String id,
        Instant createdOn,
        boolean schemaEvolution,
        TableTraits traits,
        String comment,
        String text,
        List<ColumnInfo> columns) {}
