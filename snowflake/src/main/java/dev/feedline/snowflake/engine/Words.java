package dev.feedline.snowflake.engine;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Snowflake's functions on texts that DuckDB lacks, and its division.
final class Words {
    private Words() {}

    static @Nullable String of(String function, String text, String argument) {
        return switch (function) {
            case "SOUNDEX" -> soundex(text);
            case "STRTOK_TO_ARRAY" -> tokens(text, argument);
            case "SHA2" -> digest(text, argument);
            case "PARSE_URL" -> url(text, argument.equals("1"));
            case "CHECK_JSON" -> check(text);
            case "PARSE_JSON" -> JsonDocument.parse(text);
            case "TRY_PARSE_JSON" -> JsonDocument.parseOrNull(text);
            case "TOO_LONG" ->
                throw new IllegalArgumentException("String '" + text.substring(0, Math.min(100, text.length()))
                        + (text.length() > 100 ? "…" : "") + "' is too long and would be truncated");
            default -> throw new IllegalArgumentException("no function on texts: " + function);
        };
    }

    /// Six more decimals than the dividend has, up to twelve; halves are rounded away from zero.
    ///
    /// Source: docs.snowflake.com/en/sql-reference/operators-arithmetic.
    static String quotient(String dividend, String divisor) {
        BigDecimal by = new BigDecimal(divisor);
        if (by.signum() == 0) {
            throw new ArithmeticException("Division by zero");
        }
        BigDecimal from = new BigDecimal(dividend);
        int scale = Math.max(from.scale(), Math.min(from.scale() + 6, 12));
        return from.divide(by, scale, RoundingMode.HALF_UP).toPlainString();
    }

    /// @param hex the bytes
    private static String digest(String hex, String bits) {
        try {
            byte[] bytes = HexFormat.of().parseHex(hex);
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-" + bits).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java has no SHA-" + bits, e);
        }
    }

    /// A letter and three digits. Source: docs.snowflake.com/en/sql-reference/functions/soundex.
    private static String soundex(String text) {
        String codes = "01230120022455012623010202";
        StringBuilder out = new StringBuilder();
        char last = '0';
        for (char letter : text.toUpperCase(Locale.ROOT).toCharArray()) {
            if (letter < 'A' || letter > 'Z') {
                continue;
            }
            char code = codes.charAt(letter - 'A');
            if (out.isEmpty()) {
                out.append(letter);
            } else if (code != '0' && code != last) {
                out.append(code);
            }
            // H and W do not part equal letters.
            last = letter == 'H' || letter == 'W' ? last : code;
        }
        return out.isEmpty() ? "" : (out + "000").substring(0, 4);
    }

    private static String tokens(String text, String delimiters) {
        List<String> tokens = new ArrayList<>();
        StringTokenizer reader = new StringTokenizer(text, delimiters);
        while (reader.hasMoreTokens()) {
            tokens.add(JsonParts.string(reader.nextToken()));
        }
        return JsonParts.array(tokens);
    }

    /// @param lenient tells of an error instead of failing
    private static String url(String text, boolean lenient) {
        Map<String, String> parts = new LinkedHashMap<>();
        try {
            URI url = new URI(text);
            if (url.getScheme() == null) {
                throw new URISyntaxException(text, "scheme not specified");
            }
            parts.put("fragment", json(url.getRawFragment()));
            parts.put("host", json(url.getHost()));
            parts.put("parameters", parameters(url.getRawQuery()));
            parts.put(
                    "path",
                    json(url.getRawPath() == null ? null : url.getRawPath().replaceFirst("^/", "")));
            parts.put("port", json(url.getPort() < 0 ? null : String.valueOf(url.getPort())));
            parts.put("query", json(url.getRawQuery()));
            parts.put("scheme", json(url.getScheme()));
            return JsonParts.object(parts);
        } catch (URISyntaxException e) {
            if (!lenient) {
                throw new IllegalArgumentException("Error parsing URL: " + e.getReason(), e);
            }
            return JsonParts.object(Map.of("error", JsonParts.string(e.getReason())));
        }
    }

    private static String json(@Nullable String text) {
        return text == null || text.isEmpty() ? "null" : JsonParts.string(text);
    }

    private static String parameters(@Nullable String query) {
        if (query == null) {
            return "null";
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            parameters.put(
                    equals < 0 ? pair : pair.substring(0, equals),
                    equals < 0 ? "null" : JsonParts.string(pair.substring(equals + 1)));
        }
        return JsonParts.object(parameters);
    }

    /// Null when it is valid JSON.
    private static @Nullable String check(String text) {
        try {
            JsonParts.tree(text);
            return null;
        } catch (JacksonException e) {
            return e.getOriginalMessage();
        }
    }
}
