package dev.feedline.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What the embedded Lambda is given besides its ground.
///
/// @param builtIn the functions a handler `feedline:builtin/<name>` may name; one instance serves all
/// invocations
public record LambdaSettings(
        Map<String, RequestStreamHandler> builtIn, Concurrency concurrency, AsyncRetries retries, Processes processes) {

    public LambdaSettings {
        builtIn = Map.copyOf(builtIn);
    }

    /// Only built-in functions, AWS's retries.
    public static LambdaSettings of(Map<String, RequestStreamHandler> builtIn) {
        return new LambdaSettings(builtIn, Concurrency.DEFAULT, AsyncRetries.AWS, Processes.none());
    }

    /// How much may run and wait at once.
    ///
    /// @param total invocations of all functions; AWS allows an account 1,000
    /// @param perFunction invocations of one function
    /// @param queuedEvents events that may wait for their asynchronous invocation
    /// @param closingGrace how long closing waits for built-in functions that are running
    public record Concurrency(int total, int perFunction, int queuedEvents, Duration closingGrace) {
        public static final Concurrency DEFAULT = new Concurrency(32, 16, 1_000_000, Duration.ofSeconds(10));

        public Concurrency {
            if (total < 1 || perFunction < 1 || queuedEvents < 1) {
                throw new IllegalArgumentException("nothing could run");
            }
        }
    }

    /// How long an asynchronous event waits before its second and third attempt.
    public record AsyncRetries(Duration beforeSecond, Duration beforeThird) {
        /// "Lambda waits one minute before the second attempt, and two minutes between the second and
        /// third": https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
        public static final AsyncRetries AWS = new AsyncRetries(Duration.ofMinutes(1), Duration.ofMinutes(2));

        /// For a machine where nobody wants to wait for minutes.
        public static final AsyncRetries QUICK = new AsyncRetries(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    /// How functions run as processes of their own.
    ///
    /// @param runtimeApi where `gateway` serves the Runtime API, as `host:port/prefix`; a process gets
    /// its own token appended
    /// @param environment variables every process gets, such as `AWS_ENDPOINT_URL`; a function's own
    /// ones win
    /// @param runtimeInterfaceClient the jars of `aws-lambda-java-runtime-interface-client` and
    /// of all it needs (`-core`, `-serialization`, `utils-lite`); none: no Java functions
    /// @param maximum how many processes may exist at once
    /// @param idle after how long without an invocation a process is ended
    /// @param initTimeout how long a process may take until it asks for its first event
    public record Processes(
            Supplier<String> runtimeApi,
            Supplier<Map<String, String>> environment,
            List<Path> runtimeInterfaceClient,
            int maximum,
            Duration idle,
            Duration initTimeout) {

        public Processes {
            runtimeInterfaceClient = List.copyOf(runtimeInterfaceClient);
        }

        public static Processes of(
                Supplier<String> runtimeApi,
                Supplier<Map<String, String>> environment,
                List<Path> runtimeInterfaceClient) {
            return new Processes(
                    runtimeApi, environment, runtimeInterfaceClient, 8, Duration.ofMinutes(5), Duration.ofMinutes(1));
        }

        /// No processes: only built-in functions can be created.
        public static Processes none() {
            return new Processes(() -> "", Map::of, List.of(), 0, Duration.ZERO, Duration.ZERO);
        }
    }
}
