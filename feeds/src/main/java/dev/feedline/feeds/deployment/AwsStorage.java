package dev.feedline.feeds.deployment;

import software.amazon.awssdk.services.sqs.SqsClient;

/// AWS's storage as a deployment sees it: whose buckets and queues they are, and where.
///
/// @param account the twelve digits
/// @param sqs its queues; the buckets are those of [Clients#s3]
/// @param claimant who claims the buckets, such as the id of a data folder; nobody else may deploy into them
public record AwsStorage(String account, String region, SqsClient sqs, Claimant claimant) {
    /// One pipeline, as its data folder knows it.
    ///
    /// @param id what no other pipeline has
    /// @param place where it is, for people: a machine and a folder
    public record Claimant(String id, String place) {}
}
