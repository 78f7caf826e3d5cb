package dev.feedline.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a function's process asks and tells, over the Lambda Runtime API.
///
/// A process is known by the token in the path it was given:
/// `AWS_LAMBDA_RUNTIME_API=HOST:PORT/_feedline/runtime/TOKEN`.
public interface RuntimeApi {
    /// Waits for the process's next invocation.
    ///
    /// @throws UnknownTokenException when no process has this token (any more)
    Next next(String token) throws InterruptedException;

    /// The process has done what it was asked.
    ///
    /// @param body its answer; read it within this call
    void respond(String token, String requestId, InputStream body) throws IOException;

    /// The process has failed.
    ///
    /// @param requestId null when it failed while starting
    /// @param errorType e.g. `Runtime.ExitError`
    void error(String token, @Nullable String requestId, String errorType, InputStream body) throws IOException;

    /// One invocation, as the process is told.
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Next(String requestId, Instant deadline, String functionArn, String traceId, byte[] payload) {}

    /// The token in the path, or the request it speaks of, is nobody's.
    final class UnknownTokenException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public UnknownTokenException(String message) {
            super(message);
        }
    }
}
