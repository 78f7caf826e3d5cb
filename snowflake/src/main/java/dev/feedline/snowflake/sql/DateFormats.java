package dev.feedline.snowflake.sql;

import java.util.Map;

/// How dates and times are written in staged files; each `AUTO` or a format such as `DD/MM/YYYY`.
public record DateFormats(String date, String time, String timestamp) {
    public static final String AUTO = "AUTO";
    public static final DateFormats AUTOMATIC = new DateFormats(AUTO, AUTO, AUTO);

    void options(Map<String, Object> into) {
        into.put("DATE_FORMAT", date);
        into.put("TIME_FORMAT", time);
        into.put("TIMESTAMP_FORMAT", timestamp);
    }
}
