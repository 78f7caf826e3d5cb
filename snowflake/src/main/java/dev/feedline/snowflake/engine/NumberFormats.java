package dev.feedline.snowflake.engine;

import dev.feedline.snowflake.sql.NumberModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Numbers written and read by a format; formats are kept as they were parsed.
final class NumberFormats {
    private static final int MOST_KEPT = 256;

    private final Map<String, List<NumberModel>> kept = new ConcurrentHashMap<>();

    String write(String number, String format) {
        return models(format).getFirst().write(number);
    }

    @Nullable
    String read(String text, String formats, boolean lenient) {
        for (NumberModel model : models(formats)) {
            Optional<String> read = model.read(text).map(java.math.BigDecimal::toPlainString);
            if (read.isPresent()) {
                return read.get();
            }
        }
        if (lenient) {
            return null;
        }
        throw new IllegalArgumentException("Numeric value '" + text + "' is not recognized");
    }

    private List<NumberModel> models(String formats) {
        if (kept.size() >= MOST_KEPT) {
            kept.clear();
        }
        return kept.computeIfAbsent(
                formats,
                text -> NumberModel.alternatives(text)
                        .orElseThrow(() -> new IllegalArgumentException("no format of numbers: " + text)));
    }
}
