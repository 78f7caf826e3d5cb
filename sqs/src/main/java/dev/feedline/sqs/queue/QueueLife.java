package dev.feedline.sqs.queue;

import dev.feedline.kernel.Transaction;
import dev.feedline.sqs.error.Honoured;
import dev.feedline.sqs.error.SqsError;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;
import software.amazon.awssdk.services.sqs.model.CreateQueueResponse;
import software.amazon.awssdk.services.sqs.model.DeleteQueueRequest;
import software.amazon.awssdk.services.sqs.model.DeleteQueueResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.ListDeadLetterSourceQueuesRequest;
import software.amazon.awssdk.services.sqs.model.ListDeadLetterSourceQueuesResponse;
import software.amazon.awssdk.services.sqs.model.ListQueuesRequest;
import software.amazon.awssdk.services.sqs.model.ListQueuesResponse;

/// Creates, finds, lists and deletes queues.
public final class QueueLife {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,80}");
    private static final Honoured CREATE = Honoured.of("CreateQueue", "QueueName", "Attributes", "tags");
    private static final int LONGEST_PAGE = 1000;

    private final QueueStore store;
    private final QueueUrls urls;

    public QueueLife(QueueStore store, QueueUrls urls) {
        this.store = store;
        this.urls = urls;
    }

    /// Creates the queue; one that is there with the same attributes is no error.
    public CreateQueueResponse create(CreateQueueRequest request) {
        CREATE.check(request);
        requireName(request.queueName());
        Map<String, String> given = QueueAttributes.checked(request.attributesAsStrings());
        Instant now = store.ground().clock().instant();
        store.write(tx -> {
            Optional<Queue> existing = Queues.find(tx, request.queueName());
            if (existing.isPresent()) {
                refuseDifference(existing.get(), given);
                return false;
            }
            requireDeadLetterQueue(tx, given);
            create(tx, request, given, now);
            return true;
        });
        return CreateQueueResponse.builder()
                .queueUrl(urls.of(request.queueName()))
                .build();
    }

    public GetQueueUrlResponse url(GetQueueUrlRequest request) {
        String owner = request.queueOwnerAWSAccountId();
        if (owner != null && !owner.equals(store.ground().account().id())) {
            throw SqsError.QUEUE_DOES_NOT_EXIST.because(
                    "The specified queue does not exist: " + request.queueName() + " of account " + owner);
        }
        Queue queue = store.read(tx -> Queues.require(tx, request.queueName()));
        return GetQueueUrlResponse.builder().queueUrl(urls.of(queue.name())).build();
    }

    public ListQueuesResponse list(ListQueuesRequest request) {
        int most = pageSize(request.maxResults());
        String prefix = Optional.ofNullable(request.queueNamePrefix()).orElse("");
        String after = Optional.ofNullable(request.nextToken()).orElse("");
        List<String> names = store.read(tx -> Queues.names(tx, prefix, after, most + 1));
        return ListQueuesResponse.builder()
                .queueUrls(page(names, most))
                .nextToken(request.maxResults() == null ? null : next(names, most))
                .build();
    }

    public ListDeadLetterSourceQueuesResponse listSources(ListDeadLetterSourceQueuesRequest request) {
        int most = pageSize(request.maxResults());
        String name = urls.name(request.queueUrl());
        String after = Optional.ofNullable(request.nextToken()).orElse("");
        List<String> names = store.read(tx -> {
            Queues.require(tx, name);
            return Queues.sourcesOf(tx, urls.arn(name), after, most + 1);
        });
        return ListDeadLetterSourceQueuesResponse.builder()
                .queueUrls(page(names, most))
                .nextToken(request.maxResults() == null ? null : next(names, most))
                .build();
    }

    /// Deletes the queue and everything in it.
    public DeleteQueueResponse delete(DeleteQueueRequest request) {
        String name = urls.name(request.queueUrl());
        store.write(tx -> {
            Queues.require(tx, name);
            Queues.delete(tx, name);
            return true;
        });
        store.ground().bell().ring(urls.arn(name));
        return DeleteQueueResponse.builder().build();
    }

    /// A dead-letter queue has to be there before a queue names it.
    void requireDeadLetterQueue(Transaction tx, Map<String, String> attributes) throws SQLException {
        String json = attributes.getOrDefault(QueueAttribute.REDRIVE_POLICY.wireName(), "");
        if (!json.isEmpty()) {
            String target = RedrivePolicy.parse(json).deadLetterTarget().name();
            String arn = RedrivePolicy.parse(json).deadLetterTarget().toString();
            if (!arn.equals(urls.arn(target)) || Queues.find(tx, target).isEmpty()) {
                throw SqsError.INVALID_PARAMETER_VALUE.because("Value " + json
                        + " for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.");
            }
        }
    }

    private static void create(Transaction tx, CreateQueueRequest request, Map<String, String> given, Instant now)
            throws SQLException {
        Queues.create(tx, request.queueName(), now);
        Queues.setAttributes(tx, request.queueName(), given, now);
        for (Map.Entry<String, String> tag : request.tags().entrySet()) {
            Queues.setTag(tx, request.queueName(), tag.getKey(), tag.getValue());
        }
    }

    private static void requireName(String name) {
        if (name.endsWith(".fifo")) {
            throw SqsError.UNSUPPORTED_OPERATION.because("Feedline has no FIFO queues: " + name);
        }
        if (!NAME.matcher(name).matches()) {
            throw SqsError.INVALID_PARAMETER_VALUE.because("Can only include alphanumeric characters, hyphens, or"
                    + " underscores. 1 to 80 in length: " + name);
        }
    }

    private static void refuseDifference(Queue existing, Map<String, String> given) {
        Map<String, String> different = new HashMap<>(given);
        different
                .entrySet()
                .removeIf(one -> QueueAttribute.named(one.getKey())
                        .map(existing::value)
                        .orElse("")
                        .equals(one.getValue()));
        if (!different.isEmpty()) {
            throw SqsError.QUEUE_NAME_EXISTS.because("A queue already exists with the same name and a different value"
                    + " for attribute " + different.keySet().iterator().next());
        }
    }

    private static int pageSize(@Nullable Integer asked) {
        if (asked != null && (asked < 1 || asked > LONGEST_PAGE)) {
            throw SqsError.INVALID_PARAMETER_VALUE.because(
                    "Value for parameter MaxResults is invalid. Reason: must be between 1 and " + LONGEST_PAGE);
        }
        return asked == null ? LONGEST_PAGE : asked;
    }

    private List<String> page(List<String> names, int most) {
        return names.stream().limit(most).map(urls::of).toList();
    }

    private static @Nullable String next(List<String> names, int most) {
        return names.size() > most ? names.get(most - 1) : null;
    }
}
