package dev.feedline.snowflake;

/// What kind of statement ran, by the numbers Snowflake's drivers know (`statementTypeId`).
public enum StatementType {
    SELECT(0x1000),
    INSERT(0x3100),
    UPDATE(0x3200),
    DELETE(0x3300),
    MERGE(0x3400),
    COPY(0x3600),
    ALTER_SESSION(0x4100),
    USE(0x4300),
    SHOW(0x4400),
    DESCRIBE(0x4500),
    LIST(0x4701),
    TRANSACTION(0x5000),
    DDL(0x6000);

    private final int id;

    StatementType(int id) {
        this.id = id;
    }

    public int id() {
        return id;
    }

    /// Whether drivers answer `executeUpdate` with the sum of the counts in the result.
    public boolean changesRows() {
        return switch (this) {
            case INSERT, UPDATE, DELETE, MERGE, COPY -> true;
            case SELECT, ALTER_SESSION, USE, SHOW, DESCRIBE, LIST, TRANSACTION, DDL -> false;
        };
    }
}
