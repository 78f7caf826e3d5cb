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
        Map<String, RequestStreamHandler> builtIn,
        Concurrency concurrency,
        AsyncRetries retries,
        Processes processes,
        Polling polling) {

    public LambdaSettings {
        builtIn = Map.copyOf(builtIn);
    }

    /// With queues that are in this process.
    public LambdaSettings(
            Map<String, RequestStreamHandler> builtIn,
            Concurrency concurrency,
            AsyncRetries retries,
            Processes processes) {
        this(builtIn, concurrency, retries, processes, Polling.EMBEDDED);
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

    /// How the queues of event-source mappings are read.
    ///
    /// @param longest how long a request waits for a message; SQS allows 20 seconds
    /// @param isCutByClosing whether a request that waits is cut off when Lambda closes, by an interrupt; in this
    /// process that would close the files that the queue's service is just writing
    /// @param hidden for how long nobody else receives a message, in whole seconds; so long what a killed process
    /// had received is not seen
    /// @param betweenExtensions after how long, and so often, that begins anew while the message is worked on
    public record Polling(Duration longest, boolean isCutByClosing, Duration hidden, Duration betweenExtensions) {
        private static final Duration HIDDEN = Duration.ofMinutes(1);
        private static final Duration BETWEEN_EXTENSIONS = Duration.ofSeconds(20);

        /// Of queues in this process: a wait ends as soon as there is a message, and closing waits for it.
        public static final Polling EMBEDDED = new Polling(Duration.ofSeconds(1), false, HIDDEN, BETWEEN_EXTENSIONS);

        /// Of queues at AWS, where each request has a price.
        public static final Polling AWS = new Polling(Duration.ofSeconds(20), true, HIDDEN, BETWEEN_EXTENSIONS);

        public Polling {
            if (hidden.toSeconds() < 1 || betweenExtensions.compareTo(hidden) >= 0) {
                throw new IllegalArgumentException("messages would show while they are worked on");
            }
        }
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
