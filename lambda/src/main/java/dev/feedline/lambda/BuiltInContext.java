package dev.feedline.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a built-in function learns about its invocation.
final class BuiltInContext implements Context {
    private final Invocation invocation;
    private final LogTail log;
    private final long deadlineNanos;

    BuiltInContext(Invocation invocation, LogTail log) {
        this.invocation = invocation;
        this.log = log;
        this.deadlineNanos = System.nanoTime() + invocation.function().timeout().toNanos();
    }

    @Override
    public String getAwsRequestId() {
        return invocation.requestId();
    }

    @Override
    public String getLogGroupName() {
        return "/aws/lambda/" + getFunctionName();
    }

    @Override
    public String getLogStreamName() {
        return "feedline/[" + FunctionName.LATEST + "]" + getAwsRequestId();
    }

    @Override
    public String getFunctionName() {
        return invocation.function().name();
    }

    @Override
    public String getFunctionVersion() {
        return FunctionName.LATEST;
    }

    @Override
    public String getInvokedFunctionArn() {
        return invocation.function().arn();
    }

    /// Only mobile applications have one.
    @Override
    public @Nullable CognitoIdentity getIdentity() {
        return null;
    }

    /// A client context is refused for built-in functions.
    @Override
    public @Nullable ClientContext getClientContext() {
        return null;
    }

    @Override
    public int getRemainingTimeInMillis() {
        return (int)
                Math.max(0, Duration.ofNanos(deadlineNanos - System.nanoTime()).toMillis());
    }

    @Override
    public int getMemoryLimitInMB() {
        return invocation.function().configuration().memorySize();
    }

    @Override
    public LambdaLogger getLogger() {
        return new LambdaLogger() {
            @Override
            public void log(String message) {
                message.lines().forEach(log::line);
            }

            @Override
            public void log(byte[] message) {
                log(new String(message, StandardCharsets.UTF_8));
            }
        };
    }
}
