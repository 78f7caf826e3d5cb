package dev.feedline.kernel;

/// An Amazon Resource Name: `arn:partition:service:region:account:resource`; region and account are empty for S3 and
/// IAM.
public record Arn(String partition, String service, String region, String account, String resource) {
    /// @throws IllegalArgumentException when the text is no ARN
    public static Arn parse(String text) {
        String[] parts = text.split(":", 6);
        if (parts.length != 6 || !parts[0].equals("arn") || parts[5].isEmpty()) {
            throw new IllegalArgumentException("not an ARN: " + text);
        }
        return new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]);
    }

    /// A bucket's ARN carries neither region nor account.
    public static Arn bucket(String name) {
        return new Arn("aws", "s3", "", "", name);
    }

    /// What follows the resource's kind: `orders` of `stream/orders`, `feedline-ingest` of `function:feedline-ingest`.
    public String name() {
        int slash = resource.indexOf('/');
        int colon = resource.indexOf(':');
        int cut = slash < 0 ? colon : colon < 0 ? slash : Math.min(slash, colon);
        return resource.substring(cut + 1);
    }

    @Override
    public String toString() {
        return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + resource;
    }
}
