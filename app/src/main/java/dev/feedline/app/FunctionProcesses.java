package dev.feedline.app;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.feedline.gateway.RuntimeDoor;
import dev.feedline.lambda.LambdaSettings;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// How functions that users bring run: as processes that reach Feedline's services over HTTP, as on AWS.
final class FunctionProcesses {
    /// The artifacts a Java function's process needs besides its own jar.
    private static final List<String> RUNTIME_CLIENT = List.of(
            "aws-lambda-java-runtime-interface-client",
            "aws-lambda-java-core",
            "aws-lambda-java-serialization",
            "utils-lite");

    private FunctionProcesses() {}

    static LambdaSettings settings(
            Map<String, RequestStreamHandler> builtIn,
            Supplier<URI> endpoint,
            Keys keys,
            LambdaSettings.Polling polling) {
        LambdaSettings.Processes processes = LambdaSettings.Processes.of(
                () -> endpoint.get().getAuthority() + RuntimeDoor.PREFIX,
                () -> environment(endpoint.get(), keys),
                jars());
        return new LambdaSettings(
                builtIn, LambdaSettings.Concurrency.DEFAULT, LambdaSettings.AsyncRetries.QUICK, processes, polling);
    }

    /// Where Feedline is and with which keys, as any AWS client looks it up.
    static Map<String, String> environment(URI endpoint, Keys keys) {
        return Map.of(
                "AWS_ENDPOINT_URL", endpoint.toString(),
                "AWS_ACCESS_KEY_ID", keys.accessKeyId(),
                "AWS_SECRET_ACCESS_KEY", keys.secretAccessKey(),
                "AWS_REGION", Feedline.ACCOUNT.region(),
                "AWS_DEFAULT_REGION", Feedline.ACCOUNT.region());
    }

    /// They are on our own class path, which `./feedline` makes of `app/target/lib`.
    private static List<Path> jars() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(jar -> RUNTIME_CLIENT.stream()
                        .anyMatch(name -> String.valueOf(jar.getFileName()).startsWith(name)))
                .toList();
    }
}
