package dev.feedline.lambda;

import dev.feedline.kernel.SdkJson;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.lambda.model.DeadLetterConfig;
import software.amazon.awssdk.services.lambda.model.EnvironmentResponse;
import software.amazon.awssdk.services.lambda.model.EphemeralStorage;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.LogFormat;
import software.amazon.awssdk.services.lambda.model.LoggingConfig;
import software.amazon.awssdk.services.lambda.model.SnapStartApplyOn;
import software.amazon.awssdk.services.lambda.model.SnapStartResponse;
import software.amazon.awssdk.services.lambda.model.TracingConfigResponse;
import software.amazon.awssdk.services.lambda.model.TracingMode;

/// What a function's configuration may say, checked once for creating and updating.
///
/// `MemorySize` bounds a Java function's heap. `Architectures` says what the same function is on AWS;
/// processes here run on the machine there is.
final class FunctionMembers {
    static final Set<String> HONOURED = Set.of(
            "FunctionName",
            "Runtime",
            "Role",
            "Handler",
            "Code",
            "Description",
            "Timeout",
            "MemorySize",
            "Publish",
            "PackageType",
            "DeadLetterConfig",
            "Environment",
            "TracingConfig",
            "Tags",
            "Architectures",
            "EphemeralStorage",
            "SnapStart",
            "LoggingConfig",
            "RevisionId");

    private static final int LONGEST_TIMEOUT_SECONDS = 900;
    private static final int LARGEST_MEMORY_MIB = 10_240;
    private static final int LARGEST_ENVIRONMENT_BYTES = 4_096;

    /// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
    private static final Set<String> RESERVED = Set.of(
            "_HANDLER",
            "_X_AMZN_TRACE_ID",
            "AWS_DEFAULT_REGION",
            "AWS_REGION",
            "AWS_EXECUTION_ENV",
            "AWS_LAMBDA_FUNCTION_NAME",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            "AWS_LAMBDA_FUNCTION_VERSION",
            "AWS_LAMBDA_INITIALIZATION_TYPE",
            "AWS_LAMBDA_LOG_GROUP_NAME",
            "AWS_LAMBDA_LOG_STREAM_NAME",
            "AWS_LAMBDA_RUNTIME_API",
            "LAMBDA_RUNTIME_DIR",
            "LAMBDA_TASK_ROOT",
            "AWS_ACCESS_KEY",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN");

    private FunctionMembers() {}

    /// Puts a request's members over a configuration: all members of the two have the same names.
    static FunctionConfiguration over(FunctionConfiguration old, SdkPojo request) {
        FunctionConfiguration asked = SdkJson.read(SdkJson.write(request), FunctionConfiguration.builder());
        FunctionConfiguration.Builder merged = old.toBuilder();
        asked.sdkFields().forEach(field -> {
            Object value = field.getValueOrDefault(asked);
            if (SdkJson.isSet(value)) {
                field.set(merged, value);
            }
        });
        return merged.build();
    }

    static FunctionConfiguration checked(FunctionConfiguration given, LambdaSettings settings) {
        requireWithin(given);
        requirePlain(given);
        checkEnvironment(given.environment());
        checkQueue(given.deadLetterConfig());
        if (given.handler() != null && given.handler().startsWith(Function.BUILT_IN)) {
            String name = given.handler().substring(Function.BUILT_IN.length());
            if (!settings.builtIn().containsKey(name)) {
                throw LambdaError.INVALID_PARAMETER_VALUE.because("Handler " + given.handler()
                        + " names no built-in function; there are "
                        + settings.builtIn().keySet().stream().sorted().toList());
            }
        } else {
            Runtimes.of(given.runtimeAsString(), settings.processes());
        }
        return given;
    }

    private static void requireWithin(FunctionConfiguration given) {
        Requests.requireWithin("timeout", given.timeout(), 1, LONGEST_TIMEOUT_SECONDS);
        Requests.requireWithin("memorySize", given.memorySize(), 128, LARGEST_MEMORY_MIB);
    }

    /// Refuses the settings of which only the ordinary value is honoured.
    private static void requirePlain(FunctionConfiguration given) {
        TracingConfigResponse tracing = given.tracingConfig();
        requireNot(tracing != null && tracing.mode() == TracingMode.ACTIVE, "TracingConfig.Mode Active", given);
        SnapStartResponse snap = given.snapStart();
        requireNot(
                snap != null && snap.applyOn() != null && snap.applyOn() != SnapStartApplyOn.NONE,
                "SnapStart.ApplyOn " + (snap == null ? "" : snap.applyOnAsString()),
                given);
        LoggingConfig logging = given.loggingConfig();
        requireNot(logging != null && logging.logFormat() == LogFormat.JSON, "LoggingConfig.LogFormat JSON", given);
        EphemeralStorage storage = given.ephemeralStorage();
        requireNot(
                storage != null && storage.size() != null && storage.size() != 512,
                "EphemeralStorage.Size other than 512",
                given);
        requireNot("Image".equals(given.packageTypeAsString()), "PackageType Image", given);
    }

    private static void requireNot(boolean unsupported, String what, SdkPojo where) {
        if (unsupported) {
            throw Requests.unsupported(what, where);
        }
    }

    private static void checkEnvironment(@Nullable EnvironmentResponse environment) {
        if (environment == null) {
            return;
        }
        Map<String, String> variables = environment.variables();
        Set<String> reserved = new HashSet<>(variables.keySet());
        reserved.retainAll(RESERVED);
        if (!reserved.isEmpty()) {
            throw LambdaError.INVALID_PARAMETER_VALUE.because(
                    "Lambda was unable to configure your environment variables because the environment variables you"
                            + " have provided contains reserved keys that are currently not supported for modification."
                            + " Reserved keys used in this request: " + String.join(", ", new TreeSet<>(reserved)));
        }
        int bytes = SdkJson.write(environment).length();
        if (bytes > LARGEST_ENVIRONMENT_BYTES) {
            throw LambdaError.INVALID_PARAMETER_VALUE.because(
                    "Environment variables are larger than " + LARGEST_ENVIRONMENT_BYTES + " bytes");
        }
    }

    private static void checkQueue(@Nullable DeadLetterConfig config) {
        if (config != null && config.targetArn() != null && !config.targetArn().isEmpty()) {
            DeadLetterQueue.require("DeadLetterConfig.TargetArn", config.targetArn());
        }
    }
}
