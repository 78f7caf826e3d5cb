package dev.feedline.lambda;

import dev.feedline.kernel.Ground;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.*;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/// AWS Lambda inside Feedline: functions in the JVM or as processes, and a durable queue of
/// asynchronous events.
///
/// `Invoke` with `Event` answers 202 when the event is on disk. It is then run until the function
/// returns, or until its retries or its age are used up and a letter about it is in its dead-letter
/// queue or failure destination; an event whose run was cut by a crash runs again as soon as Feedline
/// is back, without spending a retry. So a function may see an event twice, as on AWS.
public final class EmbeddedLambda implements LambdaClient {
    private final LambdaStore store;
    private final LambdaSettings settings;
    private final Functions functions;
    private final FunctionTags tags;
    private final Permissions permissions;
    private final EventInvokeConfigs invokeConfigs;
    private final BuiltInFunctions builtIn;
    private final RuntimeApi runtimeApi = new RuntimeApi();
    private final Children children;
    private final Letters letters;
    private final Events events;
    private final Invocations invocations;
    private final EventSourceMappings mappings;
    private final QueuePollers pollers;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedLambda(
            LambdaStore store,
            CodeFolder code,
            UnpackedCode unpacked,
            Ground ground,
            S3Client s3,
            SqsClient sqs,
            LambdaSettings settings) {
        this.store = store;
        this.settings = settings;
        this.functions = new Functions(store, code, s3, settings, ground);
        this.tags = new FunctionTags(store, ground.account());
        this.permissions = new Permissions(store, ground);
        this.invokeConfigs = new EventInvokeConfigs(store, ground);
        this.builtIn = new BuiltInFunctions(settings.builtIn());
        this.children = new Children(unpacked, runtimeApi, settings.processes(), ground);
        Invoker invoker = new Invoker(builtIn, children);
        Slots slots = new Slots(settings, () -> ground.bell().ring(Events.bellName(ground)));
        this.letters = new Letters(store, sqs, ground);
        this.events = new Events(store, invoker, slots, letters, settings, ground);
        this.invocations = new Invocations(functions, events, invoker, slots, ground);
        this.mappings = new EventSourceMappings(store, sqs, ground);
        this.pollers = new QueuePollers(store, sqs, invoker, slots, settings.polling(), ground);
    }

    /// Opens Lambda's state in the folder; queued events start to run with [#start].
    ///
    /// @param s3 where functions' code may come from
    /// @param sqs where dead letters go, and where the queues of event-source mappings are
    public static EmbeddedLambda open(Path folder, Ground ground, S3Client s3, SqsClient sqs, LambdaSettings settings)
            throws IOException {
        LambdaStore store = LambdaStore.open(folder, ground);
        Set<String> used =
                new HashSet<>(store.read(tx -> tx.query("SELECT code FROM function", row -> row.getString(1))));
        CodeFolder code = CodeFolder.open(folder.resolve("code"), ground, used);
        UnpackedCode unpacked = UnpackedCode.open(folder.resolve("unpacked"), code);
        return new EmbeddedLambda(store, code, unpacked, ground, s3, sqs, settings);
    }

    public void start() {
        children.start();
        letters.start();
        events.start();
        pollers.start();
    }

    /// What `gateway` serves to the processes of functions.
    public RuntimeApi runtimeApi() {
        return runtimeApi;
    }

    /// The events that wait or run, the oldest first, at most a hundred.
    List<Event> queuedEvents() {
        return store.read(tx -> Event.oldest(tx, 100));
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /// Lets what runs end for as long as the settings say; what does not end is run again after the
    /// next start.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            pollers.stop();
            events.close();
            letters.close();
            pollers.awaitAll(settings.concurrency().closingGrace());
            builtIn.awaitAll(settings.concurrency().closingGrace());
            events.awaitAll(settings.concurrency().closingGrace());
            children.close();
            events.awaitAll(settings.concurrency().closingGrace());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            store.close();
        }
    }

    @Override
    public CreateFunctionResponse createFunction(CreateFunctionRequest request) {
        return Functions.as(CreateFunctionResponse.builder(), functions.create(request));
    }

    @Override
    public GetFunctionResponse getFunction(GetFunctionRequest request) {
        Function function = functions.get(request.functionName(), request.qualifier());
        return GetFunctionResponse.builder()
                .configuration(function.configuration())
                .code(code -> code.repositoryType("S3"))
                .tags(tags.get(function.arn()))
                .build();
    }

    @Override
    public GetFunctionConfigurationResponse getFunctionConfiguration(GetFunctionConfigurationRequest request) {
        Function function = functions.get(request.functionName(), request.qualifier());
        return Functions.as(GetFunctionConfigurationResponse.builder(), function.configuration());
    }

    @Override
    public ListFunctionsResponse listFunctions(ListFunctionsRequest request) {
        return functions.list(request);
    }

    @Override
    public ListVersionsByFunctionResponse listVersionsByFunction(ListVersionsByFunctionRequest request) {
        return ListVersionsByFunctionResponse.builder()
                .versions(functions.get(request.functionName(), null).configuration())
                .build();
    }

    @Override
    public UpdateFunctionCodeResponse updateFunctionCode(UpdateFunctionCodeRequest request) {
        FunctionConfiguration updated = functions.updateCode(request);
        children.retire(updated.functionName());
        return Functions.as(UpdateFunctionCodeResponse.builder(), updated);
    }

    @Override
    public UpdateFunctionConfigurationResponse updateFunctionConfiguration(UpdateFunctionConfigurationRequest request) {
        FunctionConfiguration updated = functions.updateConfiguration(request);
        children.retire(updated.functionName());
        return Functions.as(UpdateFunctionConfigurationResponse.builder(), updated);
    }

    @Override
    public DeleteFunctionResponse deleteFunction(DeleteFunctionRequest request) {
        Function gone = functions.delete(request.functionName(), request.qualifier());
        children.retire(gone.name());
        events.recount();
        pollers.follow();
        return DeleteFunctionResponse.builder().statusCode(204).build();
    }

    @Override
    public CreateEventSourceMappingResponse createEventSourceMapping(CreateEventSourceMappingRequest request) {
        EventSourceMappingConfiguration made = mappings.create(request);
        pollers.follow();
        return EventSourceMappings.as(CreateEventSourceMappingResponse.builder(), made);
    }

    @Override
    public GetEventSourceMappingResponse getEventSourceMapping(GetEventSourceMappingRequest request) {
        return EventSourceMappings.as(GetEventSourceMappingResponse.builder(), mappings.get(request.uuid()));
    }

    @Override
    public ListEventSourceMappingsResponse listEventSourceMappings(ListEventSourceMappingsRequest request) {
        return mappings.list(request);
    }

    @Override
    public UpdateEventSourceMappingResponse updateEventSourceMapping(UpdateEventSourceMappingRequest request) {
        EventSourceMappingConfiguration updated = mappings.update(request);
        pollers.follow();
        return EventSourceMappings.as(UpdateEventSourceMappingResponse.builder(), updated);
    }

    @Override
    public DeleteEventSourceMappingResponse deleteEventSourceMapping(DeleteEventSourceMappingRequest request) {
        EventSourceMappingConfiguration gone = mappings.delete(request.uuid());
        pollers.follow();
        return EventSourceMappings.as(DeleteEventSourceMappingResponse.builder(), gone);
    }

    @Override
    public InvokeResponse invoke(InvokeRequest request) {
        return invocations.invoke(request);
    }

    @Override
    public AddPermissionResponse addPermission(AddPermissionRequest request) {
        return AddPermissionResponse.builder()
                .statement(permissions.add(request))
                .build();
    }

    @Override
    public RemovePermissionResponse removePermission(RemovePermissionRequest request) {
        permissions.remove(request);
        return RemovePermissionResponse.builder().build();
    }

    @Override
    public GetPolicyResponse getPolicy(GetPolicyRequest request) {
        return permissions.get(request);
    }

    @Override
    public PutFunctionEventInvokeConfigResponse putFunctionEventInvokeConfig(
            PutFunctionEventInvokeConfigRequest request) {
        FunctionEventInvokeConfig config = invokeConfigs.put(request);
        return PutFunctionEventInvokeConfigResponse.builder()
                .functionArn(config.functionArn())
                .lastModified(config.lastModified())
                .maximumRetryAttempts(config.maximumRetryAttempts())
                .maximumEventAgeInSeconds(config.maximumEventAgeInSeconds())
                .destinationConfig(config.destinationConfig())
                .build();
    }

    @Override
    public UpdateFunctionEventInvokeConfigResponse updateFunctionEventInvokeConfig(
            UpdateFunctionEventInvokeConfigRequest request) {
        FunctionEventInvokeConfig config = invokeConfigs.update(request);
        return UpdateFunctionEventInvokeConfigResponse.builder()
                .functionArn(config.functionArn())
                .lastModified(config.lastModified())
                .maximumRetryAttempts(config.maximumRetryAttempts())
                .maximumEventAgeInSeconds(config.maximumEventAgeInSeconds())
                .destinationConfig(config.destinationConfig())
                .build();
    }

    @Override
    public GetFunctionEventInvokeConfigResponse getFunctionEventInvokeConfig(
            GetFunctionEventInvokeConfigRequest request) {
        FunctionEventInvokeConfig config = invokeConfigs.get(request.functionName(), request.qualifier());
        return GetFunctionEventInvokeConfigResponse.builder()
                .functionArn(config.functionArn())
                .lastModified(config.lastModified())
                .maximumRetryAttempts(config.maximumRetryAttempts())
                .maximumEventAgeInSeconds(config.maximumEventAgeInSeconds())
                .destinationConfig(config.destinationConfig())
                .build();
    }

    @Override
    public DeleteFunctionEventInvokeConfigResponse deleteFunctionEventInvokeConfig(
            DeleteFunctionEventInvokeConfigRequest request) {
        invokeConfigs.delete(request.functionName(), request.qualifier());
        return DeleteFunctionEventInvokeConfigResponse.builder().build();
    }

    /// No function here is signed, which AWS answers with the function's name alone.
    @Override
    public GetFunctionCodeSigningConfigResponse getFunctionCodeSigningConfig(
            GetFunctionCodeSigningConfigRequest request) {
        return GetFunctionCodeSigningConfigResponse.builder()
                .functionName(functions.get(request.functionName(), null).name())
                .build();
    }

    @Override
    public ListTagsResponse listTags(ListTagsRequest request) {
        return ListTagsResponse.builder().tags(tags.get(request.resource())).build();
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest request) {
        tags.add(request.resource(), request.tags());
        return TagResourceResponse.builder().build();
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest request) {
        tags.remove(request.resource(), request.tagKeys());
        return UntagResourceResponse.builder().build();
    }
}
