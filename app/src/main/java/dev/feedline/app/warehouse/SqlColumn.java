package dev.feedline.app.warehouse;

/// A column of a result: its name and Snowflake's wire type (`fixed`, `text`, `timestamp_ltz`, `variant`, …).
public record SqlColumn(String name, String type, int scale) {}
