package dev.feedline.app.warehouse;

import java.io.IOException;

/// The warehouse refused a statement; `code` is Snowflake's, e.g. `002003`.
public final class SqlFailure extends IOException {
    private static final long serialVersionUID = 1;

    private final String code;

    SqlFailure(String code, String message) {
        super(message);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
