package dev.feedline.lambda;

import dev.feedline.kernel.Ground;
import dev.feedline.kernel.SdkJson;
import dev.feedline.kernel.Transaction;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.Architecture;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.LastUpdateStatus;
import software.amazon.awssdk.services.lambda.model.ListFunctionsRequest;
import software.amazon.awssdk.services.lambda.model.ListFunctionsResponse;
import software.amazon.awssdk.services.lambda.model.LogFormat;
import software.amazon.awssdk.services.lambda.model.PackageType;
import software.amazon.awssdk.services.lambda.model.SnapStartApplyOn;
import software.amazon.awssdk.services.lambda.model.SnapStartOptimizationStatus;
import software.amazon.awssdk.services.lambda.model.State;
import software.amazon.awssdk.services.lambda.model.TracingMode;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionCodeRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;
import software.amazon.awssdk.services.s3.S3Client;

/// The functions: creating, changing, listing and deleting them. A function is active as soon as it is
/// created.
final class Functions {
    private static final int LARGEST_PAGE = 50;
    private static final int DEFAULT_TIMEOUT_SECONDS = 3;
    private static final int DEFAULT_MEMORY_MIB = 128;
    private static final DateTimeFormatter LAST_MODIFIED = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Set<String> CODE = Set.of("ZipFile", "S3Bucket", "S3Key", "S3ObjectVersion");

    private final LambdaStore store;
    private final CodeFolder code;
    private final S3Client s3;
    private final LambdaSettings settings;
    private final Ground ground;

    Functions(LambdaStore store, CodeFolder code, S3Client s3, LambdaSettings settings, Ground ground) {
        this.store = store;
        this.code = code;
        this.s3 = s3;
        this.settings = settings;
        this.ground = ground;
    }

    FunctionConfiguration create(CreateFunctionRequest request) {
        Requests.requireOnly(FunctionMembers.HONOURED, request);
        Requests.requireOnly(CODE, request.code());
        refusePublishing(request.publish());
        FunctionName name = name(request.functionName(), null);
        FunctionConfiguration asked =
                FunctionMembers.checked(FunctionMembers.over(fresh(name), request), settings).toBuilder()
                        .functionName(name.name()) // the request may have named it by its ARN
                        .build();
        boolean taken = store.read(tx -> Function.find(tx, name.name()).isPresent());
        if (taken) {
            throw LambdaError.RESOURCE_CONFLICT.because("Function already exist: " + name.name());
        }
        CodeFolder.Stored stored = stored(Code.of(request.code()), asked);
        Function function = new Function(withCode(asked, stored), stored.file());
        return committed(
                stored,
                () -> store.write(tx -> {
                    if (Function.find(tx, name.name()).isPresent()) {
                        throw LambdaError.RESOURCE_CONFLICT.because("Function already exist: " + name.name());
                    }
                    function.insert(tx);
                    FunctionTags.add(tx, name.name(), request.tags());
                    return function.configuration();
                }));
    }

    Function get(String name, @Nullable String qualifier) {
        FunctionName parsed = name(name, qualifier);
        return store.read(tx -> Function.existing(tx, parsed, ground.account()));
    }

    ListFunctionsResponse list(ListFunctionsRequest request) {
        Requests.requireOnly(Set.of("FunctionVersion", "Marker", "MaxItems"), request);
        int size = request.maxItems() == null ? LARGEST_PAGE : Math.min(request.maxItems(), LARGEST_PAGE);
        Requests.requireWithin("maxItems", size, 1, LARGEST_PAGE);
        String after = request.marker() == null ? "" : request.marker();
        List<Function> found = store.read(tx -> Function.after(tx, after, size + 1));
        boolean more = found.size() > size;
        List<Function> page = more ? found.subList(0, size) : found;
        return ListFunctionsResponse.builder()
                .functions(page.stream().map(Function::configuration).toList())
                .nextMarker(more ? page.getLast().name() : null)
                .build();
    }

    FunctionConfiguration updateCode(UpdateFunctionCodeRequest request) {
        Requests.requireOnly(
                Set.of(
                        "FunctionName",
                        "ZipFile",
                        "S3Bucket",
                        "S3Key",
                        "S3ObjectVersion",
                        "Publish",
                        "DryRun",
                        "RevisionId",
                        "Architectures"),
                request);
        refusePublishing(request.publish());
        Function before = get(request.functionName(), null);
        CodeFolder.Stored stored = stored(Code.of(request), before.configuration());
        if (Boolean.TRUE.equals(request.dryRun())) {
            code.delete(stored.file());
            return withCode(before.configuration(), stored);
        }
        Replaced replaced = committed(
                stored,
                () -> store.write(tx -> {
                    Function old = existing(tx, before.name(), request.revisionId());
                    FunctionConfiguration changed = request.hasArchitectures()
                            ? old.configuration().toBuilder()
                                    .architectures(request.architectures())
                                    .build()
                            : old.configuration();
                    Function function = new Function(touched(withCode(changed, stored)), stored.file());
                    function.update(tx);
                    return new Replaced(old, function);
                }));
        code.delete(replaced.old().code());
        return replaced.now().configuration();
    }

    FunctionConfiguration updateConfiguration(UpdateFunctionConfigurationRequest request) {
        Requests.requireOnly(FunctionMembers.HONOURED, request);
        FunctionName name = name(request.functionName(), null);
        return store.write(tx -> {
            Function old = existing(tx, name.name(), request.revisionId());
            FunctionConfiguration kept = old.configuration().toBuilder()
                    .revisionId(null)
                    .functionName(null)
                    .build();
            FunctionConfiguration changed = FunctionMembers.over(kept, request).toBuilder()
                    .functionName(old.name())
                    .build();
            Function function = new Function(touched(FunctionMembers.checked(changed, settings)), old.code());
            function.update(tx);
            return function.configuration();
        });
    }

    /// Deletes the function with its events, permissions and tags.
    Function delete(String name, @Nullable String qualifier) {
        FunctionName parsed = name(name, qualifier);
        Function gone = store.write(tx -> {
            Function function = Function.existing(tx, parsed, ground.account());
            tx.update("DELETE FROM function WHERE name = ?", function.name());
            return function;
        });
        code.delete(gone.code());
        return gone;
    }

    FunctionName name(String text, @Nullable String qualifier) {
        return FunctionName.parse(text, qualifier, ground.account());
    }

    private record Replaced(Function old, Function now) {}

    private Function existing(Transaction tx, String name, @Nullable String revision) throws SQLException {
        Function function = Function.existing(tx, new FunctionName(name, FunctionName.LATEST), ground.account());
        if (revision != null && !revision.equals(function.configuration().revisionId())) {
            throw LambdaError.PRECONDITION_FAILED.because(
                    "The Revision Id provided does not match the latest Revision Id."
                            + " Call the GetFunction/GetAlias API to retrieve the latest Revision Id");
        }
        return function;
    }

    private CodeFolder.Stored stored(Code given, FunctionConfiguration configuration) {
        boolean builtIn = new Function(configuration, "").isBuiltIn();
        if (given instanceof Code.None && !builtIn) {
            throw LambdaError.INVALID_PARAMETER_VALUE.because("Please provide a source for function code.");
        }
        return given.storeIn(code, s3);
    }

    /// Takes the zip back when the function that was to refer to it could not be kept.
    private <T> T committed(CodeFolder.Stored stored, java.util.function.Supplier<T> commit) {
        try {
            return commit.get();
        } catch (RuntimeException e) {
            code.delete(stored.file());
            throw e;
        }
    }

    private static void refusePublishing(@Nullable Boolean publish) {
        if (Boolean.TRUE.equals(publish)) {
            throw LambdaError.INVALID_PARAMETER_VALUE.because("Publish is not supported by Feedline: only $LATEST is");
        }
    }

    private static FunctionConfiguration withCode(FunctionConfiguration configuration, CodeFolder.Stored stored) {
        return configuration.toBuilder()
                .codeSize(stored.bytes())
                .codeSha256(stored.sha256())
                .build();
    }

    private FunctionConfiguration touched(FunctionConfiguration configuration) {
        return configuration.toBuilder()
                .lastModified(LAST_MODIFIED.format(ground.clock().instant()))
                .revisionId(ground.ids().uuid().toString())
                .build();
    }

    /// What a function has that says nothing else.
    private FunctionConfiguration fresh(FunctionName name) {
        return touched(FunctionConfiguration.builder()
                .functionName(name.name())
                .functionArn(name.arn(ground.account()))
                .version(FunctionName.LATEST)
                .description("")
                .timeout(DEFAULT_TIMEOUT_SECONDS)
                .memorySize(DEFAULT_MEMORY_MIB)
                .packageType(PackageType.ZIP)
                .architectures(Architecture.X86_64)
                .tracingConfig(tracing -> tracing.mode(TracingMode.PASS_THROUGH))
                .ephemeralStorage(storage -> storage.size(512))
                .snapStart(
                        snap -> snap.applyOn(SnapStartApplyOn.NONE).optimizationStatus(SnapStartOptimizationStatus.OFF))
                .loggingConfig(logging -> logging.logFormat(LogFormat.TEXT).logGroup("/aws/lambda/" + name.name()))
                .state(State.ACTIVE)
                .lastUpdateStatus(LastUpdateStatus.SUCCESSFUL)
                .build());
    }

    /// An answer that has a configuration's members under the same names.
    static <T> T as(software.amazon.awssdk.utils.builder.SdkBuilder<?, T> answer, FunctionConfiguration configuration) {
        return SdkJson.read(SdkJson.write(configuration), answer);
    }
}
