package dev.feedline.rows;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What a JSON key is called in the warehouse: upper-cased when it is a plain identifier, as SQL does
/// with names that are not quoted, else as it is.
public final class WarehouseName {
    /// The columns that Feedline adds to every table; no key of a feed becomes one of these, in any
    /// case.
    public static final Set<String> METADATA = Set.of("_FILE_ID", "_ROW", "_LOADED_AT", "_RESCUED");

    private static final Pattern PLAIN_IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private WarehouseName() {}

    public static String of(String jsonKey) {
        return PLAIN_IDENTIFIER.matcher(jsonKey).matches() ? jsonKey.toUpperCase(Locale.ROOT) : jsonKey;
    }
}
