package dev.feedline.snowflake.sql;

/// The kinds of things that are created, dropped, shown and described.
public enum ObjectKind {
    DATABASE("Database"),
    SCHEMA("Schema"),
    TABLE("Table"),
    VIEW("View"),
    STAGE("Stage"),
    FILE_FORMAT("File format"),
    PIPE("Pipe"),
    INTEGRATION("Integration"),
    SEQUENCE("Sequence"),
    /// Tables and views together, in SHOW only.
    OBJECT("Object"),
    /// In SHOW only.
    COLUMN("Column");

    private final String title;

    ObjectKind(String title) {
        this.title = title;
    }

    /// As messages begin, e.g. `Stage` in `Stage 'LAKE' does not exist or not authorized.`
    public String title() {
        return title;
    }
}
