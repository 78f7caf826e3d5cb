package dev.feedline.snowflake.sql;

import java.util.List;
import java.util.Optional;

/// What a table is declared to have and the embedded warehouse stores and shows, without effect on its rows: as in
/// Snowflake, constraints are not enforced.
///
/// @param clusterBy the text in the brackets of CLUSTER BY, else empty
/// @param secure of a view: that it hides its definition from those who do not own it, which here nobody is
public record TableTraits(boolean isTransient, String clusterBy, List<Constraint> constraints, boolean secure) {
    public static final TableTraits NONE = new TableTraits(false, "", List.of());
    public static final TableTraits SECURE = new TableTraits(false, "", List.of(), true);

    public TableTraits(boolean isTransient, String clusterBy, List<Constraint> constraints) {
        this(isTransient, clusterBy, constraints, false);
    }

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

        /// The same key of a table that has a column renamed.
        public Constraint renamed(String column, String to) {
            List<String> renamed =
                    columns.stream().map(one -> one.equals(column) ? to : one).toList();
            return new Constraint(kind, name, renamed, references, referencedColumns);
        }
    }
}
