package dev.feedline.snowflake.sql;

import java.util.List;
import java.util.Optional;

/// What a table is declared to have and the embedded warehouse stores and shows, without effect on its rows: as in
/// Snowflake, constraints are not enforced.
///
/// @param clusterBy the text in the brackets of CLUSTER BY, else empty
public record TableTraits(boolean isTransient, String clusterBy, List<Constraint> constraints) {
    public static final TableTraits NONE = new TableTraits(false, "", List.of());

    public TableTraits {
        constraints = List.copyOf(constraints);
    }

    /// A key of a table.
    public enum Kind {
        PRIMARY,
        UNIQUE,
        FOREIGN
    }

    /// @param references of a FOREIGN key: the table as written (resolved when it is stored) and its columns
    public record Constraint(
            Kind kind,
            Optional<String> name,
            List<String> columns,
            Optional<ObjectName> references,
            List<String> referencedColumns) {
        public Constraint {
            columns = List.copyOf(columns);
            referencedColumns = List.copyOf(referencedColumns);
        }
    }
}
