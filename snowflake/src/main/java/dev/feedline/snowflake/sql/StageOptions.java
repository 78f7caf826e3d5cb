package dev.feedline.snowflake.sql;

import java.util.Optional;

/// What CREATE STAGE says about an external stage.
///
/// @param url `s3://bucket/path/`
public record StageOptions(String url, Optional<String> integration, Optional<FormatChoice> format) {}
