package dev.feedline.gateway;

import dev.feedline.wire.Answer;
import dev.feedline.wire.AwsService;
import dev.feedline.wire.Call;
import dev.feedline.wire.Operation;
import dev.feedline.wire.Protocol;
import dev.feedline.wire.RequestHead;
import dev.feedline.wire.WireError;
import java.lang.reflect.InvocationTargetException;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/// One mounted service: its protocol, and the client that performs what the protocol reads.
record AwsOperations(AwsService service, Protocol protocol, Object client) {
    static AwsOperations of(AwsService service, Mounted mounted) {
        return new AwsOperations(service, service.protocol(mounted.port()), mounted.client());
    }

    /// Says whether bodies may be as long as an object.
    boolean isStreaming() {
        return service == AwsService.S3;
    }

    /// The longest body of a request that is read whole.
    int mostBytes() {
        return switch (service) {
            // PutRecords carries at most 10 MiB, half as much again in Base64.
            case KINESIS -> 16 * 1024 * 1024;
            // A function's zip is at most 50 MB, in Base64.
            case LAMBDA -> 72 * 1024 * 1024;
            case FIREHOSE, GLUE, SQS -> 8 * 1024 * 1024;
            // A completed upload names 10,000 parts, a deletion 1,000 keys.
            case S3 -> 4 * 1024 * 1024;
            case STS, IAM -> 1024 * 1024;
        };
    }

    /// Reads, performs and writes an operation without streams.
    Answer perform(RequestHead head, byte[] body, String requestId) {
        Call call = protocol.find(head, body);
        ReservedBuckets.refuse(call);
        SdkRequest request = protocol.read(call, head, body);
        return protocol.write(call, head, (SdkResponse) invoke(call.operation(), request), requestId);
    }

    /// Calls the client's method; what it throws comes out as it is.
    Object invoke(Operation operation, Object... arguments) {
        try {
            return operation.method().invoke(client, arguments);
        } catch (InvocationTargetException e) {
            throw thrown(operation, e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(operation.name() + " cannot be called", e);
        }
    }

    private RuntimeException thrown(Operation operation, InvocationTargetException e) {
        return switch (e.getCause()) {
            case UnsupportedOperationException unsupported ->
                WireError.NOT_IMPLEMENTED.because(
                        operation.name() + " of " + service.signingName() + " is not implemented by Feedline.");
            case RuntimeException thrown -> thrown;
            case Error thrown -> throw thrown;
            case null, default -> new IllegalStateException(operation.name() + " failed", e);
        };
    }
}
