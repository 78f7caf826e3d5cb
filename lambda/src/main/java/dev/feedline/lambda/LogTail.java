package dev.feedline.lambda;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a function writes while it runs: passed on to the log `dev.feedline.lambda.function.<name>`,
/// and its last 4 KB kept for a caller that asked for them.
final class LogTail {
    /// https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#lambda-Invoke-response-LogResult
    private static final int KEPT_BYTES = 4 * 1024;

    private final Logger log;
    private final boolean askedFor;
    private final StringBuilder tail = new StringBuilder();

    /// @param askedFor whether the caller wants the last lines
    LogTail(String function, boolean askedFor) {
        this.askedFor = askedFor;
        this.log = LoggerFactory.getLogger("dev.feedline.lambda.function." + function);
    }

    boolean isAskedFor() {
        return askedFor;
    }

    void line(String line) {
        log.info("{}", line);
        keep(line);
    }

    private synchronized void keep(String line) {
        tail.append(line).append('\n');
        if (tail.length() > 2 * KEPT_BYTES) {
            tail.delete(0, tail.length() - KEPT_BYTES);
        }
    }

    /// The last 4 KB in Base64, as `LogResult` carries them.
    synchronized String base64() {
        byte[] bytes = tail.toString().getBytes(StandardCharsets.UTF_8);
        byte[] last = Arrays.copyOfRange(bytes, Math.max(0, bytes.length - KEPT_BYTES), bytes.length);
        return Base64.getEncoder().encodeToString(last);
    }
}
