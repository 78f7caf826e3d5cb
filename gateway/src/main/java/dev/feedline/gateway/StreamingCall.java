package dev.feedline.gateway;

import dev.feedline.wire.Answer;
import dev.feedline.wire.Call;
import dev.feedline.wire.RequestHead;
import dev.feedline.wire.WireError;
import dev.feedline.wire.body.VerifiedBody;
import dev.feedline.wire.signing.Proof;
import java.io.IOException;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;

/// One request to S3, whose body or answer may be as long as an object.
final class StreamingCall {
    private static final byte[] NOTHING = new byte[0];

    private final AwsOperations s3;
    private final Exchange exchange;
    private final BodyBudget budget;
    private final String requestId;
    private final VerifiedBody body;
    private final RequestHead head;
    private final Call call;

    StreamingCall(AwsOperations s3, Exchange exchange, Proof proof, BodyBudget budget, String requestId) {
        this.s3 = s3;
        this.exchange = exchange;
        this.budget = budget;
        this.requestId = requestId;
        this.body = VerifiedBody.of(exchange.head(), proof, exchange.body());
        this.head = body.unchunked(BucketHost.pathStyle(exchange.head()));
        this.call = s3.protocol().find(head, NOTHING);
        ReservedBuckets.refuse(call);
    }

    void perform() throws IOException {
        switch (call.operation().form()) {
            case PLAIN -> plain();
            case UPLOAD -> upload();
            case DOWNLOAD -> download();
        }
    }

    private void plain() throws IOException {
        try (BodyBudget.Body whole = budget.read(body, body.length(), s3.mostBytes())) {
            exchange.answer(s3.perform(head, whole.bytes(), requestId));
        }
    }

    private void upload() throws IOException {
        if (!head.headers().has("content-length")) {
            throw WireError.MISSING_CONTENT_LENGTH.because("You must provide the Content-Length HTTP header.");
        }
        SdkRequest request = s3.protocol().read(call, head, NOTHING);
        String type = head.headers().first("content-type").orElse("binary/octet-stream");
        RequestBody content = RequestBody.fromContentProvider(() -> body, body.length(), type);
        Object response;
        try {
            response = s3.invoke(call.operation(), request, content);
        } catch (RuntimeException e) {
            throw body.failure().<RuntimeException>map(found -> found).orElse(e);
        }
        requireVerified();
        exchange.answer(s3.protocol().write(call, head, (SdkResponse) response, requestId));
    }

    /// A service that commits an upload must have read it to its end, or nothing about it was checked.
    private void requireVerified() {
        body.failure().ifPresent(found -> {
            throw found;
        });
        if (!body.isVerified() && body.length() > 0) {
            throw new IllegalStateException(call.operation().name() + " did not read its content to the end");
        }
    }

    private void download() throws IOException {
        SdkRequest request = s3.protocol().read(call, head, NOTHING);
        ClientStream[] client = new ClientStream[1];
        ResponseTransformer<SdkResponse, Answer> send = (response, content) -> {
            Answer answer = s3.protocol().write(call, head, response, requestId);
            client[0] = new ClientStream(exchange.begin(answer.status(), answer.headers()));
            try (content) {
                content.transferTo(client[0]);
            }
            client[0].close(); // only now: what broke off must not look whole
            return answer;
        };
        try {
            s3.invoke(call.operation(), request, send);
        } catch (RuntimeException e) {
            if (client[0] != null && client[0].isGone()) {
                throw new IOException("the client went away while it was answered", e);
            }
            throw e;
        }
    }
}
