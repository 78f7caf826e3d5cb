package dev.feedline.app.audit;

import dev.feedline.app.audit.StrictJson.NotJson;
import dev.feedline.rows.Type;

/// How the values of a row are written.
interface RowForm {
    /// As JSON, one object a row.
    RowForm JSON = RowForm::object;

    /// @throws NotARow when the bytes are no row of this form
    Json.Obj read(byte[] row) throws NotARow;

    /// What a column of this type makes of a value of the row.
    default Json as(Type type, Json value) {
        return value;
    }

    private static Json.Obj object(byte[] row) throws NotARow {
        try {
            if (StrictJson.read(row) instanceof Json.Obj object) {
                return object;
            }
        } catch (NotJson e) {
            throw new NotARow("it is no JSON: " + e.getMessage());
        }
        throw new NotARow("it is no JSON object");
    }
}
