package dev.feedline.feeds;

import dev.feedline.rows.SchemaPolicy;
import dev.feedline.rows.TextEncoding;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What a feed's definition says about its files and rows, as it is kept in the parameters of the feed's Glue table.
///
/// @param encoding of files that do not say theirs by a byte order mark
/// @param maxBadRows a file with more bad rows is held; [Long#MAX_VALUE] is unlimited
/// @param maxBadPercent a file with a greater share of bad rows is held; 0 to 100
public record FeedSettings(
        Format format,
        TextEncoding encoding,
        CsvSettings csv,
        SchemaPolicy policy,
        long maxBadRows,
        double maxBadPercent,
        OnReupload onReupload) {
    public static final FeedSettings DEFAULT =
            new FeedSettings(Format.AUTO, SchemaPolicy.DEFAULT, Long.MAX_VALUE, 100, OnReupload.SKIP_SAME_CONTENT);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// What the files of the feed are.
    public enum Format {
        AUTO,
        JSONL,
        JSON,
        CSV,
        TSV
    }

    /// What becomes of a key that is uploaded again.
    public enum OnReupload {
        /// The same content again is no new file; new content is.
        SKIP_SAME_CONTENT,
        /// Every upload is a file of its own.
        LOAD,
        /// The same content again is no new file; new content is refused.
        REJECT
    }

    /// Settings that leave encoding and CSV at their defaults.
    public FeedSettings(
            Format format, SchemaPolicy policy, long maxBadRows, double maxBadPercent, OnReupload onReupload) {
        this(format, TextEncoding.UTF_8, CsvSettings.DEFAULT, policy, maxBadRows, maxBadPercent, onReupload);
    }

    public FeedSettings {
        if (maxBadRows < 0) {
            throw new IllegalArgumentException("quarantine max-rows must be 0 or more, not " + maxBadRows);
        }
        if (!(maxBadPercent >= 0 && maxBadPercent <= 100)) {
            throw new IllegalArgumentException("quarantine max-percent must be 0 to 100, not " + maxBadPercent);
        }
    }

    public boolean hasLimits() {
        return maxBadRows != Long.MAX_VALUE || maxBadPercent < 100;
    }

    /// Whether so many bad rows among so many are more than the feed allows.
    public boolean isOverLimit(long bad, long received) {
        return bad > maxBadRows || bad * 100.0 > maxBadPercent * received;
    }

    /// As parameters of a Glue table; read back by [#fromParameters].
    public Map<String, String> toParameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("feedline.format", spelled(format));
        parameters.put("feedline.encoding", spelled(encoding));
        parameters.put("feedline.csv.delimiter", csv.delimiter());
        parameters.put("feedline.csv.quote", csv.quote());
        parameters.put("feedline.csv.escape", csv.escape());
        parameters.put("feedline.csv.header", Boolean.toString(csv.header()));
        parameters.put("feedline.csv.columns", JSON.writeValueAsString(csv.columns()));
        parameters.put("feedline.csv.null", JSON.writeValueAsString(csv.nulls()));
        parameters.put("feedline.on-new-column", spelled(policy.onNewColumn()));
        parameters.put("feedline.on-mismatch", spelled(policy.onMismatch()));
        parameters.put("feedline.max-rows", maxBadRows == Long.MAX_VALUE ? "unlimited" : Long.toString(maxBadRows));
        parameters.put("feedline.max-percent", Double.toString(maxBadPercent));
        parameters.put("feedline.on-reupload", spelled(onReupload));
        return parameters;
    }

    /// Reads the `feedline.` parameters of a table; those that are absent have their default.
    ///
    /// @throws IllegalArgumentException naming the parameter that says something it cannot
    public static FeedSettings fromParameters(Map<String, String> parameters) {
        String maxRows = parameters.getOrDefault("feedline.max-rows", "unlimited");
        return new FeedSettings(
                choice(parameters, "feedline.format", DEFAULT.format),
                choice(parameters, "feedline.encoding", DEFAULT.encoding),
                csv(parameters),
                new SchemaPolicy(
                        choice(parameters, "feedline.on-new-column", DEFAULT.policy.onNewColumn()),
                        choice(parameters, "feedline.on-mismatch", DEFAULT.policy.onMismatch())),
                maxRows.equals("unlimited")
                        ? Long.MAX_VALUE
                        : number("feedline.max-rows", maxRows).longValue(),
                number("feedline.max-percent", parameters.getOrDefault("feedline.max-percent", "100"))
                        .doubleValue(),
                choice(parameters, "feedline.on-reupload", DEFAULT.onReupload));
    }

    private static CsvSettings csv(Map<String, String> parameters) {
        CsvSettings otherwise = CsvSettings.DEFAULT;
        return new CsvSettings(
                parameters.getOrDefault("feedline.csv.delimiter", otherwise.delimiter()),
                parameters.getOrDefault("feedline.csv.quote", otherwise.quote()),
                parameters.getOrDefault("feedline.csv.escape", otherwise.escape()),
                Boolean.parseBoolean(parameters.getOrDefault("feedline.csv.header", "true")),
                texts(parameters.get("feedline.csv.columns"), otherwise.columns()),
                texts(parameters.get("feedline.csv.null"), otherwise.nulls()));
    }

    private static List<String> texts(@Nullable String json, List<String> otherwise) {
        return json == null ? otherwise : List.of(JSON.readValue(json, String[].class));
    }

    /// The choice a word of the definition names, e.g. `skip-same-content`.
    ///
    /// @param what is asked for, named when the word is none of its choices
    public static <E extends Enum<E>> E choice(Class<E> choices, String what, String word) {
        return Arrays.stream(choices.getEnumConstants())
                .filter(choice -> spelled(choice).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(what + " cannot be '" + word + "': use "
                        + Arrays.stream(choices.getEnumConstants())
                                .map(FeedSettings::spelled)
                                .collect(Collectors.joining(", "))));
    }

    private static <E extends Enum<E>> E choice(Map<String, String> parameters, String name, E otherwise) {
        String word = parameters.get(name);
        return word == null ? otherwise : choice(otherwise.getDeclaringClass(), name, word);
    }

    private static Number number(String name, String text) {
        try {
            return new java.math.BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " cannot be '" + text + "': use a number", e);
        }
    }

    private static String spelled(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
