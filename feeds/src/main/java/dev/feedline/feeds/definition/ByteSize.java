package dev.feedline.feeds.definition;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number of bytes, written `64MiB`, `1GB`, `900KiB` or plainly `1048576`; MiB is 1,048,576 bytes and MB 1,000,000.
public record ByteSize(long bytes) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\s*([a-z]*)");
    private static final Map<String, Long> UNITS = Map.of(
            "",
            1L,
            "b",
            1L,
            "kb",
            1_000L,
            "mb",
            1_000_000L,
            "gb",
            1_000_000_000L,
            "kib",
            1L << 10,
            "mib",
            1L << 20,
            "gib",
            1L << 30);

    /// @throws IllegalArgumentException when the text is no size
    public static ByteSize parse(String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        Long unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException("'" + text + "' is no size; write for example 64MiB");
        }
        return new ByteSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), unit));
    }

    public long mebibytes() {
        return bytes >> 20;
    }
}
