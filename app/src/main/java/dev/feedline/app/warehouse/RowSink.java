package dev.feedline.app.warehouse;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes a result as it arrives: the columns once, then every row.
public interface RowSink {
    void columns(List<SqlColumn> columns) throws IOException;

    /// @param cells in the wire's encoding; [Cells] makes readable text and JSON of them
    void row(List<@Nullable String> cells) throws IOException;
}
