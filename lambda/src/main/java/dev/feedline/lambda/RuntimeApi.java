package dev.feedline.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/// The Lambda Runtime API as logic: what a function's process asks for and answers, told apart by its
/// token.
///
/// `gateway` serves it under the address given in [LambdaSettings.Processes], where a process finds it
/// as `AWS_LAMBDA_RUNTIME_API=<address>/<token>`:
///
/// | request | method |
/// |---|---|
/// | `GET  …/<token>/2018-06-01/runtime/invocation/next` | [#next], 200 with its headers and payload |
/// | `POST …/<token>/2018-06-01/runtime/invocation/<id>/response` | [#respond], 202 |
/// | `POST …/<token>/2018-06-01/runtime/invocation/<id>/error` | [#error], 202 |
/// | `POST …/<token>/2018-06-01/runtime/init/error` | [#error] without an id, 202 |
///
/// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
public final class RuntimeApi {
    private final Map<String, Child> children = new ConcurrentHashMap<>();

    RuntimeApi() {}

    /// The next event of a process.
    ///
    /// @param headers the response's headers, `Lambda-Runtime-Aws-Request-Id` and the others
    public record Next(SdkBytes payload, Map<String, String> headers) {}

    /// A request that is not accepted; answered with the status and `{"errorType": …, "errorMessage":
    /// …}`.
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final int status;
        private final String errorType;

        RefusedException(int status, String errorType, String message) {
            super(message);
            this.status = status;
            this.errorType = errorType;
        }

        /// 400 for an unknown request, 403 for an unknown process, 413 for an answer that is too large.
        public int status() {
            return status;
        }

        public String errorType() {
            return errorType;
        }
    }

    /// Waits until there is an event for the process.
    ///
    /// @throws RefusedException when there is no such process (any more)
    /// @throws InterruptedException when the waiting thread is told to stop
    public Next next(String token) throws InterruptedException {
        return child(token).next();
    }

    /// Takes the answer of a function; at most 6 MB of it are read.
    public void respond(String token, String requestId, InputStream answer) throws IOException {
        child(token).respond(requestId, answer);
    }

    /// Takes the failure of a function, or of its process before it could take an event.
    ///
    /// @param requestId null when the process failed to start
    /// @param errorType the header `Lambda-Runtime-Function-Error-Type`, empty when there is none
    public void error(String token, @Nullable String requestId, String errorType, InputStream error)
            throws IOException {
        child(token).error(requestId, errorType, error);
    }

    void add(Child child) {
        children.put(child.token(), child);
    }

    void remove(Child child) {
        children.remove(child.token());
    }

    private Child child(String token) {
        Child child = children.get(token);
        if (child == null) {
            throw new RefusedException(403, "Forbidden", "There is no such process");
        }
        return child;
    }
}
