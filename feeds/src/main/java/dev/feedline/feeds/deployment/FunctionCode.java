package dev.feedline.feeds.deployment;

import software.amazon.awssdk.core.SdkBytes;

/// The code of the pipeline's functions: what to upload and which handlers to name.
///
/// @param zip the deployment package
/// @param ingestHandler e.g. `feedline:builtin/ingest` embedded, or a class name in the zip
public record FunctionCode(SdkBytes zip, String ingestHandler, String convertHandler) {}
