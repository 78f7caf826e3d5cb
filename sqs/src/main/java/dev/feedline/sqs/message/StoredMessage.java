package dev.feedline.sqs.message;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/// A message as it lies in its queue.
///
/// @param sequence orders messages by their sending
/// @param sender the account or user that sent it
/// @param trace X-Ray's header, where one was sent along
/// @param received how often it has been received
public record StoredMessage(
        long sequence,
        String id,
        String body,
        String sender,
        Optional<String> trace,
        Optional<String> deadLetterSource,
        Instant sent,
        int received,
        Optional<Instant> firstReceived,
        Map<String, MessageAttributeValue> attributes) {}
