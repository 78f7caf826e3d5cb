package dev.feedline.gateway;

import dev.feedline.kernel.Caller;
import dev.feedline.kernel.KeyRing;
import dev.feedline.wire.Answer;
import dev.feedline.wire.AwsService;
import dev.feedline.wire.Protocol;
import dev.feedline.wire.RequestHead;
import dev.feedline.wire.WireError;
import dev.feedline.wire.signing.Authenticator;
import dev.feedline.wire.signing.Claim;
import dev.feedline.wire.signing.Proof;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;

/// AWS's own door: finds the service by the signature's scope, proves the signature, and has the operation performed.
final class AwsDoor implements Door {
    private static final Logger LOG = LoggerFactory.getLogger(AwsDoor.class);

    private final Authenticator authenticator;
    private final BodyBudget budget = BodyBudget.ofThisProcess();
    private final Map<AwsService, AwsOperations> services = new HashMap<>();
    private final Protocol plainS3 = AwsService.S3.protocol(Void.class);
    private final Protocol plainJson = AwsService.KINESIS.protocol(Void.class);

    AwsDoor(GatewaySettings settings, List<Mounted> mounted, KeyRing keys) {
        this.authenticator =
                new Authenticator(keys, settings.clock(), settings.account().region());
        for (Mounted one : mounted) {
            AwsService service = AwsService.ofSigningName(one.signingName())
                    .orElseThrow(() -> new IllegalArgumentException("no protocol for " + one.signingName()));
            services.put(service, AwsOperations.of(service, one));
        }
    }

    /// Says whether the request carries an AWS signature, or can only be meant for AWS.
    static boolean isMeant(RequestHead head) {
        return head.headers().first("authorization").orElse("").startsWith("AWS")
                || head.query().has("X-Amz-Algorithm")
                || head.query().has("AWSAccessKeyId")
                || head.headers().has("x-amz-target");
    }

    @Override
    public List<String> paths() {
        return List.of("");
    }

    @Override
    public void serve(Exchange exchange) throws IOException {
        String requestId = UUID.randomUUID().toString();
        Protocol protocol = exchange.head().headers().has("x-amz-target") ? plainJson : plainS3;
        try {
            Claim claim = Claim.of(exchange.head());
            switch (claim) {
                case Claim.Anonymous() -> throw Authenticator.unsigned(exchange.head());
                case Claim.Signed signed -> {
                    AwsOperations operations = operations(signed.scope().service());
                    protocol = operations.protocol();
                    serve(exchange, signed, operations, requestId);
                }
                case Claim.OldPresigned presigned -> {
                    Proof proof = authenticator.prove(BucketHost.pathStyle(exchange.head()), presigned);
                    stream(exchange, proof, operations("s3"), requestId);
                }
            }
        } catch (AwsServiceException e) {
            refuse(exchange, protocol, e, requestId);
        } catch (AbortedException e) { // a long poll that the closing gateway cuts off
            LOG.debug("request {} was cut off", requestId, e);
            refuse(exchange, protocol, WireError.SERVICE_UNAVAILABLE.because("Feedline is closing."), requestId);
        } catch (RuntimeException | Error e) {
            LOG.error("request {} failed", requestId, e);
            refuse(exchange, protocol, internal(protocol), requestId);
        }
    }

    private void serve(Exchange exchange, Claim.Signed claim, AwsOperations operations, String requestId)
            throws IOException {
        RequestHead head = exchange.head();
        if (operations.isStreaming()) {
            stream(exchange, authenticator.proveStreaming(head, claim), operations, requestId);
            return;
        }
        try (BodyBudget.Body body = budget.read(exchange, operations.mostBytes())) {
            Proof proof = authenticator.prove(head, claim, body.bytes());
            as(proof, () -> exchange.answer(operations.perform(head, body.bytes(), requestId)));
        }
    }

    private void stream(Exchange exchange, Proof proof, AwsOperations operations, String requestId) throws IOException {
        as(proof, () -> new StreamingCall(operations, exchange, proof, budget, requestId).perform());
    }

    private AwsOperations operations(String signingName) {
        AwsOperations operations =
                AwsService.ofSigningName(signingName).map(services::get).orElse(null);
        if (operations == null) {
            throw WireError.NOT_IMPLEMENTED.because(
                    "The service '" + signingName.toLowerCase(Locale.ROOT) + "' is not part of Feedline.");
        }
        return operations;
    }

    private interface Work {
        void perform() throws IOException;
    }

    private static void as(Proof proof, Work work) throws IOException {
        ScopedValue.where(Caller.CURRENT, proof.caller()).call(() -> {
            work.perform();
            return proof;
        });
    }

    private void refuse(Exchange exchange, Protocol protocol, AwsServiceException error, String requestId)
            throws IOException {
        if (exchange.isAnswered()) {
            throw new IOException("the answer broke off: " + error.getMessage(), error);
        }
        if (error.awsErrorDetails() == null || error.awsErrorDetails().errorCode() == null) {
            LOG.error("request {} failed without an AWS error code", requestId, error);
            error = internal(protocol);
        }
        Answer answer = protocol.error(exchange.head(), error, requestId);
        exchange.answer(answer);
    }

    private static AwsServiceException internal(Protocol protocol) {
        WireError kind =
                protocol instanceof dev.feedline.wire.RestXmlProtocol ? WireError.INTERNAL : WireError.INTERNAL_FAILURE;
        return kind.because("We encountered an internal error. Please try again.");
    }
}
