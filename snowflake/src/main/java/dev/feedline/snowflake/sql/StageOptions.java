package dev.feedline.snowflake.sql;

import java.util.Optional;

/// What CREATE STAGE says.
///
/// @param url `s3://bucket/path/`; empty for an internal stage
public record StageOptions(String url, Optional<String> integration, Optional<FormatChoice> format) {}
