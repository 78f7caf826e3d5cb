package dev.feedline.kernel;

/// The AWS account and region everything embedded lives in.
public record Account(String id, String region) {
    /// What tools configured for other local AWS stacks expect.
    public static final Account LOCAL = new Account("000000000000", "us-east-1");

    public Account {
        if (!id.matches("\\d{12}")) {
            throw new IllegalArgumentException("an AWS account id has 12 digits: " + id);
        }
    }

    /// The ARN of a resource of this account and region, e.g. `arn("kinesis", "stream/orders")`.
    public Arn arn(String service, String resource) {
        return new Arn("aws", service, region, id, resource);
    }
}
