package dev.feedline.feeds.deployment;

import dev.feedline.feeds.Warehouse;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;

/// The services a pipeline is deployed to: embedded, over HTTP, or the real ones.
public record Clients(
        S3Client s3,
        KinesisClient kinesis,
        FirehoseClient firehose,
        LambdaClient lambda,
        GlueClient glue,
        Warehouse warehouse) {}
