package dev.feedline.testkit.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.InvalidAttributeNameException;
import software.amazon.awssdk.services.sqs.model.InvalidAttributeValueException;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.services.sqs.model.UnsupportedOperationException;

/// What queues and their attributes do, whoever implements `SqsClient`.
public abstract class QueueContractSuite {
    private SqsClient sqs;
    private String name;
    private String url;

    protected abstract SqsClient client();

    @BeforeEach
    void createQueue() {
        sqs = client();
        name = "feedline-test-" + UUID.randomUUID();
        url = sqs.createQueue(request -> request.queueName(name)).queueUrl();
    }

    @Test
    void aQueueIsFoundByItsNameUnderItsUrl() {
        assertThat(url).endsWith("/000000000000/" + name);
        assertThat(sqs.getQueueUrl(request -> request.queueName(name)).queueUrl())
                .isEqualTo(url);
        assertThat(sqs.listQueues(request -> request.queueNamePrefix(name)).queueUrls())
                .containsExactly(url);
        assertThatThrownBy(() -> sqs.getQueueUrl(request -> request.queueName("feedline-test-nothing")))
                .isInstanceOf(QueueDoesNotExistException.class);
    }

    @Test
    void theHostInAUrlDoesNotMatter() {
        String elsewhere = "http://feedline.internal:9999/000000000000/" + name;
        sqs.sendMessage(request -> request.queueUrl(elsewhere).messageBody("x"));

        assertThat(attribute(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)).isEqualTo("1");
    }

    @Test
    void creatingItAgainNeedsTheSameAttributes() {
        Map<QueueAttributeName, String> timeout = Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "77");
        String other = name + "-2";
        String created = sqs.createQueue(request -> request.queueName(other).attributes(timeout))
                .queueUrl();

        assertThat(sqs.createQueue(request -> request.queueName(other).attributes(timeout))
                        .queueUrl())
                .isEqualTo(created);
        assertThat(sqs.createQueue(request -> request.queueName(other)).queueUrl())
                .isEqualTo(created);
        assertThatThrownBy(() -> sqs.createQueue(request ->
                        request.queueName(other).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "78"))))
                .isInstanceOf(QueueNameExistsException.class);
    }

    @Test
    void queuesAreListedInPages() {
        sqs.createQueue(request -> request.queueName(name + "-b"));
        sqs.createQueue(request -> request.queueName(name + "-a"));

        var first = sqs.listQueues(request -> request.queueNamePrefix(name).maxResults(2));
        assertThat(first.queueUrls()).containsExactly(url, url + "-a");
        var second = sqs.listQueues(
                request -> request.queueNamePrefix(name).maxResults(2).nextToken(first.nextToken()));
        assertThat(second.queueUrls()).containsExactly(url + "-b");
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void attributesHaveTheDefaultsOfSqsUntilTheyAreSet() {
        Map<QueueAttributeName, String> attributes = attributes();
        assertThat(attributes)
                .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "30")
                .containsEntry(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "345600")
                .containsEntry(QueueAttributeName.DELAY_SECONDS, "0")
                .containsEntry(QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS, "0")
                .containsEntry(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "1048576")
                .containsEntry(QueueAttributeName.QUEUE_ARN, "arn:aws:sqs:us-east-1:000000000000:" + name)
                .doesNotContainKey(QueueAttributeName.REDRIVE_POLICY)
                .doesNotContainKey(QueueAttributeName.POLICY);

        String policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}";
        sqs.setQueueAttributes(request -> request.queueUrl(url)
                .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "12", QueueAttributeName.POLICY, policy)));

        assertThat(attributes())
                .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "12")
                .containsEntry(QueueAttributeName.POLICY, policy)
                .containsEntry(QueueAttributeName.DELAY_SECONDS, "0");
    }

    @Test
    void onlyTheAttributesAskedForAreShown() {
        assertThat(sqs.getQueueAttributes(
                                request -> request.queueUrl(url).attributeNames(QueueAttributeName.DELAY_SECONDS))
                        .attributes())
                .isEqualTo(Map.of(QueueAttributeName.DELAY_SECONDS, "0"));
    }

    @Test
    void anAttributeThatIsUnknownOrOutOfBoundsIsRefused() {
        assertThatThrownBy(() -> setAttribute("NoSuchAttribute", "1"))
                .isInstanceOf(InvalidAttributeNameException.class);
        assertThatThrownBy(() -> setAttribute("VisibilityTimeout", "43201"))
                .isInstanceOf(InvalidAttributeValueException.class);
        assertThatThrownBy(() -> setAttribute("DelaySeconds", "soon"))
                .isInstanceOf(InvalidAttributeValueException.class);
        assertThatThrownBy(() -> setAttribute("Policy", "{")).isInstanceOf(InvalidAttributeValueException.class);
        assertThatThrownBy(() -> setAttribute("RedrivePolicy", "{\"maxReceiveCount\":3}"))
                .isInstanceOf(InvalidAttributeValueException.class);
    }

    @Test
    void whatFeedlineHasNotIsRefusedByItsName() {
        assertThatThrownBy(() -> sqs.createQueue(request ->
                        request.queueName("a.fifo").attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true"))))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("FIFO");
        assertThatThrownBy(() -> setAttribute("KmsMasterKeyId", "key"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("KmsMasterKeyId");
        assertThatThrownBy(() -> sqs.sendMessage(
                        request -> request.queueUrl(url).messageBody("x").messageGroupId("g")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("MessageGroupId");
    }

    @Test
    void aDeadLetterQueueKnowsItsSources() {
        String dead =
                sqs.createQueue(request -> request.queueName(name + "-dead")).queueUrl();
        setAttribute(
                "RedrivePolicy",
                "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:" + name
                        + "-dead\",\"maxReceiveCount\":\"3\"}");

        assertThat(sqs.listDeadLetterSourceQueues(request -> request.queueUrl(dead))
                        .queueUrls())
                .containsExactly(url);
        assertThatThrownBy(() -> setAttribute(
                        "RedrivePolicy",
                        "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:none\",\"maxReceiveCount\":3}"))
                .isInstanceOf(SqsException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void aDeletedQueueIsGoneWithItsMessages() {
        sqs.sendMessage(request -> request.queueUrl(url).messageBody("x"));
        sqs.deleteQueue(request -> request.queueUrl(url));

        assertThatThrownBy(() -> sqs.receiveMessage(request -> request.queueUrl(url)))
                .isInstanceOf(QueueDoesNotExistException.class);
        sqs.createQueue(request -> request.queueName(name));
        assertThat(attribute(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)).isEqualTo("0");
    }

    @Test
    void tagsAreKeptUntilTheyAreTakenOff() {
        sqs.tagQueue(request -> request.queueUrl(url).tags(Map.of("team", "data", "stage", "lake")));
        sqs.untagQueue(request -> request.queueUrl(url).tagKeys(List.of("stage")));

        assertThat(sqs.listQueueTags(request -> request.queueUrl(url)).tags()).isEqualTo(Map.of("team", "data"));
    }

    private void setAttribute(String attribute, String value) {
        sqs.setQueueAttributes(request -> request.queueUrl(url).attributesWithStrings(Map.of(attribute, value)));
    }

    private String attribute(QueueAttributeName attribute) {
        return attributes().getOrDefault(attribute, "");
    }

    private Map<QueueAttributeName, String> attributes() {
        return sqs.getQueueAttributes(request -> request.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                .attributes();
    }
}
