package dev.feedline.rows;

/// What a feed wants done with a key its schema does not know, and with a value its column cannot hold.
public record SchemaPolicy(OnNewColumn onNewColumn, OnMismatch onMismatch) {
    public static final SchemaPolicy DEFAULT = new SchemaPolicy(OnNewColumn.ADD, OnMismatch.QUARANTINE);

    /// A key that is no column; the same holds for an unknown field of a struct. A null there is no
    /// value and passes.
    public enum OnNewColumn {
        /// Becomes a column; what cannot be one (see [Inference]) goes to `_RESCUED`.
        ADD,
        /// Goes to `_RESCUED`.
        RESCUE,
        /// Makes the row bad: `UNKNOWN-COLUMN`.
        FREEZE
    }

    /// A value that its column's type cannot hold exactly.
    public enum OnMismatch {
        /// Makes the row bad: `TYPE-MISMATCH` or `NUMBER-RANGE`.
        QUARANTINE,
        /// Goes to `_RESCUED`; the column is null.
        RESCUE
    }
}
