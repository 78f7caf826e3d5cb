package dev.feedline.feeds.deployment;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The queues of AWS between its buckets and the functions of this pipeline, which AWS's S3 cannot invoke.
final class QueueSetup {
    /// Takes what a function could not do in [#MOST_RECEIVED] tries, for people to look at.
    private static final String DEAD_LETTERS = "feedline-dead-letters";
    /// Tries after 1, 2, 4 … seconds, for more than 8 minutes; whatever becomes of the message, the sweep tries on.
    private static final int MOST_RECEIVED = 10;
    /// SQS's longest.
    private static final Duration RETENTION = Duration.ofDays(14);
    /// Six times the functions' timeout, as AWS asks for with a mapping.
    private static final Duration VISIBILITY = FunctionSetup.TIMEOUT.multipliedBy(6);

    /// By which a queue of this pipeline's is known.
    private static final String STATEMENT = "feedline-buckets";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final SqsClient sqs;
    private final LambdaClient lambda;
    private final String account;

    QueueSetup(AwsStorage storage, LambdaClient lambda) {
        this.sqs = storage.sqs();
        this.account = storage.account();
        this.lambda = lambda;
    }

    /// Creates the queue of a bucket's events, or brings it up to date; returns its ARN.
    String put(String name, String bucket) {
        String dead = arn(url(DEAD_LETTERS));
        keep(url(DEAD_LETTERS), Map.of(QueueAttributeName.MESSAGE_RETENTION_PERIOD, seconds(RETENTION)));
        String url = url(name);
        String arn = arn(url);
        ObjectNode redrive = JSON.createObjectNode();
        redrive.put("deadLetterTargetArn", dead);
        redrive.put("maxReceiveCount", MOST_RECEIVED);
        keep(
                url,
                Map.of(
                        QueueAttributeName.MESSAGE_RETENTION_PERIOD, seconds(RETENTION),
                        QueueAttributeName.VISIBILITY_TIMEOUT, seconds(VISIBILITY),
                        QueueAttributeName.REDRIVE_POLICY, JSON.writeValueAsString(redrive),
                        QueueAttributeName.POLICY, policy(arn, List.of(bucket))));
        return arn;
    }

    /// Lets the buckets tell a queue that is there already.
    void allow(String queueArn, List<String> buckets) {
        String name = queueArn.substring(queueArn.lastIndexOf(':') + 1);
        keep(
                url(name),
                Map.of(
                        QueueAttributeName.MESSAGE_RETENTION_PERIOD, seconds(RETENTION),
                        QueueAttributeName.POLICY, policy(queueArn, buckets)));
    }

    /// Has the function hear of the queue's messages.
    ///
    /// @param batch how many messages one invocation is given
    /// @param atOnce how many invocations may run at once
    void map(String queueArn, String function, int batch, int atOnce) {
        List<EventSourceMappingConfiguration> present = lambda.listEventSourceMappings(
                        list -> list.functionName(function).eventSourceArn(queueArn))
                .eventSourceMappings();
        if (present.isEmpty()) {
            lambda.createEventSourceMapping(create -> create.functionName(function)
                    .eventSourceArn(queueArn)
                    .batchSize(batch)
                    .scalingConfig(scaling -> scaling.maximumConcurrency(atOnce))
                    .functionResponseTypes(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES));
        }
    }

    private String url(String name) {
        try {
            return sqs.getQueueUrl(get -> get.queueName(name)).queueUrl();
        } catch (QueueDoesNotExistException e) {
            return sqs.createQueue(create -> create.queueName(name)).queueUrl();
        }
    }

    private String arn(String url) {
        return sqs.getQueueAttributes(get -> get.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .getOrDefault(QueueAttributeName.QUEUE_ARN, "");
    }

    /// Sets what is not so yet.
    private void keep(String url, Map<QueueAttributeName, String> wanted) {
        Map<QueueAttributeName, String> present = sqs.getQueueAttributes(
                        get -> get.queueUrl(url).attributeNames(wanted.keySet().toArray(QueueAttributeName[]::new)))
                .attributes();
        requireOurs(url, present.get(QueueAttributeName.POLICY));
        Map<QueueAttributeName, String> missing = new HashMap<>(wanted);
        missing.entrySet().removeIf(one -> isSame(one.getValue(), present.get(one.getKey())));
        if (!missing.isEmpty()) {
            sqs.setQueueAttributes(set -> set.queueUrl(url).attributes(missing));
        }
    }

    /// A queue whose policy lets in others is somebody else's, whatever its name.
    private static void requireOurs(String url, @Nullable String policy) {
        if (policy == null || policy.isEmpty()) {
            return;
        }
        for (JsonNode statement : JSON.readTree(policy).path("Statement")) {
            if (!statement.path("Sid").asString("").equals(STATEMENT)) {
                throw new IllegalStateException("The queue " + url
                        + " has a policy of somebody else's, with the statement "
                        + statement + ". Feedline would replace it and take the queue's messages; delete the queue or"
                        + " its policy, or use another account or region.");
            }
        }
    }

    private static boolean isSame(String wanted, @Nullable String present) {
        if (present == null) {
            return false;
        }
        // AWS writes the JSON of a policy in its own way.
        return wanted.startsWith("{") ? JSON.readTree(wanted).equals(JSON.readTree(present)) : wanted.equals(present);
    }

    /// S3 may send what happens in these buckets of this account, and nobody else anything.
    ///
    /// Source: docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
    private String policy(String queueArn, List<String> buckets) {
        ObjectNode policy = JSON.createObjectNode();
        policy.put("Version", "2012-10-17");
        ObjectNode statement = policy.putArray("Statement").addObject();
        statement.put("Sid", STATEMENT);
        statement.put("Effect", "Allow");
        statement.putObject("Principal").put("Service", "s3.amazonaws.com");
        statement.put("Action", "sqs:SendMessage");
        statement.put("Resource", queueArn);
        ObjectNode condition = statement.putObject("Condition");
        ArrayNode sources = condition.putObject("ArnLike").putArray("aws:SourceArn");
        buckets.forEach(bucket -> sources.add("arn:aws:s3:::" + bucket));
        condition.putObject("StringEquals").put("aws:SourceAccount", account);
        return JSON.writeValueAsString(policy);
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.toSeconds());
    }
}
