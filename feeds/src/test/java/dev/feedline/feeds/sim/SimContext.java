package dev.feedline.feeds.sim;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;

/// What Lambda tells a function of its invocation: its name and the time it has left.
public record SimContext(String functionName, int remainingMillis) implements Context {
    @Override
    public String getFunctionName() {
        return functionName;
    }

    @Override
    public int getRemainingTimeInMillis() {
        return remainingMillis;
    }

    @Override
    public String getAwsRequestId() {
        throw new UnsupportedOperationException("getAwsRequestId");
    }

    @Override
    public String getLogGroupName() {
        throw new UnsupportedOperationException("getLogGroupName");
    }

    @Override
    public String getLogStreamName() {
        throw new UnsupportedOperationException("getLogStreamName");
    }

    @Override
    public String getFunctionVersion() {
        throw new UnsupportedOperationException("getFunctionVersion");
    }

    @Override
    public String getInvokedFunctionArn() {
        throw new UnsupportedOperationException("getInvokedFunctionArn");
    }

    @Override
    public CognitoIdentity getIdentity() {
        throw new UnsupportedOperationException("getIdentity");
    }

    @Override
    public ClientContext getClientContext() {
        throw new UnsupportedOperationException("getClientContext");
    }

    @Override
    public int getMemoryLimitInMB() {
        throw new UnsupportedOperationException("getMemoryLimitInMB");
    }

    @Override
    public LambdaLogger getLogger() {
        return new LambdaLogger() {
            @Override
            public void log(String line) {
                System.Logger log = System.getLogger(getFunctionName());
                log.log(System.Logger.Level.DEBUG, line);
            }

            @Override
            public void log(byte[] line) {
                log(new String(line, java.nio.charset.StandardCharsets.UTF_8));
            }
        };
    }
}
