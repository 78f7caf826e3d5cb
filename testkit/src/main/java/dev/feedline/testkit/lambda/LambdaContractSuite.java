package dev.feedline.testkit.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.InvalidRequestContentException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.PackageType;
import software.amazon.awssdk.services.lambda.model.PreconditionFailedException;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.lambda.model.State;
import software.amazon.awssdk.services.sqs.SqsClient;

/// What Lambda owes those who create and invoke functions:
/// https://docs.aws.amazon.com/lambda/latest/api/
///
/// The client of each test starts without functions, in account 000000000000. Three built-in functions
/// are there:
/// `contract-echo` answers with its event, `contract-fail` throws `IllegalStateException("no cheese
/// left")`, and
/// `contract-log` logs `a line from inside` and answers with its request id and function ARN as a JSON
/// array.
public abstract class LambdaContractSuite {
    protected static final String ROLE = "arn:aws:iam::000000000000:role/lambda";
    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:echo";

    protected abstract LambdaClient client();

    /// The queues that Lambda reads.
    protected abstract SqsClient queues();

    @Test
    void aFunctionComesBackAsItWasCreated() throws Exception {
        byte[] zip = zip("readme.txt", "hello");
        create(
                "echo",
                "contract-echo",
                function -> function.code(code -> code.zipFile(SdkBytes.fromByteArray(zip)))
                        .description("says it again")
                        .timeout(7)
                        .memorySize(256)
                        .environment(environment -> environment.variables(Map.of("STAGE", "test")))
                        .tags(Map.of("team", "data")));

        var answer = client().getFunction(get -> get.functionName("echo"));
        FunctionConfiguration function = answer.configuration();

        assertThat(function.functionArn()).isEqualTo(ARN);
        assertThat(function.handler()).isEqualTo("feedline:builtin/contract-echo");
        assertThat(function.description()).isEqualTo("says it again");
        assertThat(function.timeout()).isEqualTo(7);
        assertThat(function.memorySize()).isEqualTo(256);
        assertThat(function.environment().variables()).isEqualTo(Map.of("STAGE", "test"));
        assertThat(function.codeSize()).isEqualTo(zip.length);
        assertThat(function.codeSha256())
                .isEqualTo(Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(zip)));
        assertThat(function.role()).isEqualTo(ROLE);
        assertThat(function.state()).isEqualTo(State.ACTIVE);
        assertThat(function.version()).isEqualTo("$LATEST");
        assertThat(function.lastModified()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+0000");
        assertThat(answer.tags()).isEqualTo(Map.of("team", "data"));
        assertThat(client().getFunctionConfiguration(get -> get.functionName(ARN))
                        .codeSha256())
                .isEqualTo(function.codeSha256());
    }

    @Test
    void aFunctionThatSaysLittleHasAwsDefaults() {
        create("echo", "contract-echo", function -> {});

        var function = client().getFunctionConfiguration(get -> get.functionName("echo"));

        assertThat(function.timeout()).isEqualTo(3);
        assertThat(function.memorySize()).isEqualTo(128);
        assertThat(function.packageType()).isEqualTo(PackageType.ZIP);
        assertThat(function.tracingConfig().modeAsString()).isEqualTo("PassThrough");
        assertThat(function.ephemeralStorage().size()).isEqualTo(512);
    }

    @Test
    void aTakenNameIsAConflictAndAnUnknownOneIsNotFound() {
        create("echo", "contract-echo", function -> {});

        assertThatThrownBy(() -> create("echo", "contract-echo", function -> {}))
                .isInstanceOfSatisfying(ResourceConflictException.class, e -> {
                    assertThat(e.statusCode()).isEqualTo(409);
                    assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("Function already exist: echo");
                });
        assertThatThrownBy(() -> client().getFunction(get -> get.functionName("other")))
                .isInstanceOfSatisfying(
                        ResourceNotFoundException.class,
                        e -> assertThat(e.awsErrorDetails().errorMessage())
                                .isEqualTo("Function not found: arn:aws:lambda:us-east-1:000000000000:function:other"));
        assertThatThrownBy(() ->
                        client().getFunction(get -> get.functionName("echo").qualifier("7")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void functionsAreListedInPages() {
        create("b", "contract-echo", function -> {});
        create("a", "contract-echo", function -> {});

        var first = client().listFunctions(list -> list.maxItems(1));
        var second = client().listFunctions(list -> list.maxItems(1).marker(first.nextMarker()));

        assertThat(first.functions()).extracting("functionName").containsExactly("a");
        assertThat(second.functions()).extracting("functionName").containsExactly("b");
        assertThat(second.nextMarker()).isNull();
        assertThat(client().listVersionsByFunction(list -> list.functionName("a"))
                        .versions())
                .extracting("version")
                .containsExactly("$LATEST");
    }

    @Test
    void whatIsNotSupportedIsRefusedByName() {
        assertRefused("Layers", function -> function.layers("arn:aws:lambda:us-east-1:000000000000:layer:a:1"));
        assertRefused("VpcConfig", function -> function.vpcConfig(vpc -> vpc.subnetIds("subnet-1")));
        assertRefused("ImageUri", function -> function.code(code -> code.imageUri("image")));
        assertRefused("SnapStart", function -> function.snapStart(snap -> snap.applyOn("PublishedVersions")));
        assertRefused("Publish", function -> function.publish(true));
        assertRefused("no-such-function", function -> function.handler("feedline:builtin/no-such-function"));
        assertRefused("ruby3.4", function -> function.runtime(Runtime.RUBY3_4).handler("f.handler"));
        assertRefused(
                "AWS_REGION",
                function ->
                        function.environment(environment -> environment.variables(Map.of("AWS_REGION", "eu-west-1"))));
        assertRefused("900", function -> function.timeout(901));
        assertRefused(
                "arn:aws:sns",
                function ->
                        function.deadLetterConfig(dead -> dead.targetArn("arn:aws:sns:us-east-1:000000000000:topic")));
    }

    @Test
    void whatSaysNothingIsNoReasonToRefuse() {
        create(
                "echo",
                "contract-echo",
                function -> function.layers(java.util.List.of())
                        .vpcConfig(vpc -> vpc.subnetIds(java.util.List.of()))
                        .kmsKeyArn("")
                        .publish(false));

        assertThat(client().listFunctions(list -> {}).functions()).hasSize(1);
    }

    @Test
    void whatIsNoZipIsRefused() {
        assertThatThrownBy(() -> create(
                        "echo",
                        "contract-echo",
                        function -> function.code(code -> code.zipFile(SdkBytes.fromUtf8String("no zip")))))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("Could not unzip uploaded file");
        assertThat(client().listFunctions(list -> {}).functions()).isEmpty();
    }

    @Test
    void anUpdateChangesWhatItNamesAndNothingElse() {
        create("echo", "contract-echo", function -> function.description("old").timeout(5));

        client().updateFunctionConfiguration(
                        update -> update.functionName("echo").timeout(9));

        var function = client().getFunctionConfiguration(get -> get.functionName("echo"));
        assertThat(function.timeout()).isEqualTo(9);
        assertThat(function.description()).isEqualTo("old");
    }

    @Test
    void newCodeHasItsOwnSizeAndHash() throws Exception {
        create("echo", "contract-echo", function -> {});
        byte[] zip = zip("a.txt", "b");

        var updated = client().updateFunctionCode(
                        update -> update.functionName("echo").zipFile(SdkBytes.fromByteArray(zip)));

        assertThat(updated.codeSize()).isEqualTo(zip.length);
        assertThat(client().getFunctionConfiguration(get -> get.functionName("echo"))
                        .codeSha256())
                .isEqualTo(updated.codeSha256());
    }

    @Test
    void anUpdateOfAnOlderRevisionIsRefused() {
        create("echo", "contract-echo", function -> {});
        String read = client().getFunctionConfiguration(get -> get.functionName("echo"))
                .revisionId();
        client().updateFunctionConfiguration(
                        update -> update.functionName("echo").timeout(4));

        assertThatThrownBy(() -> client().updateFunctionConfiguration(
                                update -> update.functionName("echo").timeout(5).revisionId(read)))
                .isInstanceOf(PreconditionFailedException.class);
    }

    @Test
    void aDeletedFunctionIsGone() {
        create("echo", "contract-echo", function -> {});
        client().deleteFunction(delete -> delete.functionName("echo"));

        assertThatThrownBy(() -> invoke("echo", "{}")).isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> client().deleteFunction(delete -> delete.functionName("echo")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void aSynchronousInvocationAnswersWithWhatTheFunctionReturned() {
        create("echo", "contract-echo", function -> {});

        var answer = client().invoke(invoke ->
                invoke.functionName(ARN).payload(SdkBytes.fromUtf8String("{\"a\": 9007199254740993}")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.functionError()).isNull();
        assertThat(answer.executedVersion()).isEqualTo("$LATEST");
        assertThat(answer.payload().asUtf8String()).isEqualTo("{\"a\": 9007199254740993}");
    }

    @Test
    void aFunctionThatThrowsAnswersWithItsError() {
        create("fail", "contract-fail", function -> {});

        var answer = client().invoke(invoke -> invoke.functionName("fail"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.functionError()).isEqualTo("Unhandled");
        assertThat(answer.payload().asUtf8String())
                .contains("\"errorMessage\":\"no cheese left\"")
                .contains("\"errorType\":\"java.lang.IllegalStateException\"")
                .contains("\"stackTrace\":[");
    }

    @Test
    void theLogTailIsGivenWhenItIsAskedFor() {
        create("log", "contract-log", function -> {});

        var answer = client().invoke(invoke -> invoke.functionName("log").logType(LogType.TAIL));
        String log = new String(Base64.getDecoder().decode(answer.logResult()), StandardCharsets.UTF_8);

        assertThat(log)
                .startsWith("START RequestId: ")
                .contains("a line from inside\n")
                .contains("REPORT RequestId: ");
        assertThat(answer.payload().asUtf8String())
                .matches("\\[\"[0-9a-f-]{36}\",\"arn:aws:lambda:us-east-1:000000000000:function:log\"]");
        assertThat(client().invoke(invoke -> invoke.functionName("log")).logResult())
                .isNull();
    }

    @Test
    void aDryRunRunsNothing() {
        create("fail", "contract-fail", function -> {});

        var answer = client().invoke(invoke -> invoke.functionName("fail").invocationType(InvocationType.DRY_RUN));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.functionError()).isNull();
    }

    @Test
    void anEventIsAcceptedAtOnce() {
        create("fail", "contract-fail", function -> {});

        var answer = client().invoke(invoke -> invoke.functionName("fail").invocationType(InvocationType.EVENT));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.functionError()).isNull();
    }

    @Test
    void aPayloadThatIsNoJsonIsRefused() {
        create("echo", "contract-echo", function -> {});

        assertThatThrownBy(() -> invoke("echo", "{\"a\":")).isInstanceOf(InvalidRequestContentException.class);
        assertThatThrownBy(() -> invoke("echo", "1 2")).isInstanceOf(InvalidRequestContentException.class);
    }

    @Test
    void aPayloadThatIsTooLargeIsRefused() {
        create("echo", "contract-echo", function -> {});
        SdkBytes large = SdkBytes.fromUtf8String('"' + "x".repeat(1 << 20) + '"');

        assertThatThrownBy(() -> client().invoke(invoke -> invoke.functionName("echo")
                        .invocationType(InvocationType.EVENT)
                        .payload(large)))
                .isInstanceOfSatisfying(
                        RequestTooLargeException.class,
                        e -> assertThat(e.statusCode()).isEqualTo(413));
        assertThat(client().invoke(invoke -> invoke.functionName("echo").payload(large))
                        .payload()
                        .asByteArray())
                .hasSize((1 << 20) + 2);
    }

    @Test
    void aPermissionBecomesAStatementOfTheFunctionsPolicy() {
        create("echo", "contract-echo", function -> {});
        client().addPermission(add -> add.functionName("echo")
                .statementId("s3")
                .action("lambda:InvokeFunction")
                .principal("s3.amazonaws.com")
                .sourceArn("arn:aws:s3:::feedline-source"));

        assertThat(client().getPolicy(get -> get.functionName("echo")).policy())
                .isEqualTo("{\"Version\":\"2012-10-17\",\"Id\":\"default\",\"Statement\":[{\"Sid\":\"s3\","
                        + "\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"s3.amazonaws.com\"},"
                        + "\"Action\":\"lambda:InvokeFunction\",\"Resource\":\"" + ARN + "\","
                        + "\"Condition\":{\"ArnLike\":{\"AWS:SourceArn\":\"arn:aws:s3:::feedline-source\"}}}]}");
        assertThatThrownBy(() -> client().addPermission(add -> add.functionName("echo")
                        .statementId("s3")
                        .action("lambda:InvokeFunction")
                        .principal("*")))
                .isInstanceOf(ResourceConflictException.class);

        client().removePermission(remove -> remove.functionName("echo").statementId("s3"));

        assertThatThrownBy(() -> client().getPolicy(get -> get.functionName("echo")))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> client().removePermission(
                                remove -> remove.functionName("echo").statementId("s3")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void theEventInvokeConfigIsKeptAndDeleted() {
        create("echo", "contract-echo", function -> {});
        client().putFunctionEventInvokeConfig(put -> put.functionName("echo")
                .maximumRetryAttempts(1)
                .maximumEventAgeInSeconds(120)
                .destinationConfig(
                        to -> to.onFailure(failure -> failure.destination("arn:aws:sqs:us-east-1:000000000000:lost"))));
        client().updateFunctionEventInvokeConfig(
                        update -> update.functionName("echo").maximumRetryAttempts(0));

        var config = client().getFunctionEventInvokeConfig(get -> get.functionName("echo"));

        assertThat(config.functionArn()).isEqualTo(ARN + ":$LATEST");
        assertThat(config.maximumRetryAttempts()).isZero();
        assertThat(config.maximumEventAgeInSeconds()).isEqualTo(120);
        assertThat(config.destinationConfig().onFailure().destination()).endsWith(":lost");
        assertThat(config.lastModified()).isNotNull();

        client().deleteFunctionEventInvokeConfig(delete -> delete.functionName("echo"));
        assertThatThrownBy(() -> client().getFunctionEventInvokeConfig(get -> get.functionName("echo")))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> client().putFunctionEventInvokeConfig(
                                put -> put.functionName("echo").maximumRetryAttempts(3)))
                .isInstanceOf(InvalidParameterValueException.class);
    }

    @Test
    void aQueueIsMappedToAFunctionAndTheMappingIsShownChangedAndDeleted() {
        create("echo", "contract-echo", function -> function.timeout(30));
        queues().createQueue(queue -> queue.queueName("jobs"));
        String queue = "arn:aws:sqs:us-east-1:000000000000:jobs";

        var made = client().createEventSourceMapping(create -> create.functionName("echo")
                .eventSourceArn(queue)
                .batchSize(3)
                .enabled(false)
                .functionResponseTypes(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES)
                .scalingConfig(scaling -> scaling.maximumConcurrency(2)));

        assertThat(made.uuid()).matches("[0-9a-f-]{36}");
        var shown = client().getEventSourceMapping(get -> get.uuid(made.uuid()));
        assertThat(shown.eventSourceArn()).isEqualTo(queue);
        assertThat(shown.functionArn()).isEqualTo(ARN);
        assertThat(shown.batchSize()).isEqualTo(3);
        assertThat(shown.maximumBatchingWindowInSeconds()).isZero();
        assertThat(shown.state()).isEqualTo("Disabled");
        assertThat(shown.functionResponseTypes()).containsExactly(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES);
        assertThat(shown.scalingConfig().maximumConcurrency()).isEqualTo(2);
        assertThat(shown.lastModified()).isNotNull();
        assertThat(shown.eventSourceMappingArn()).endsWith(":event-source-mapping:" + made.uuid());
        assertThatThrownBy(() -> client().createEventSourceMapping(
                                create -> create.functionName("echo").eventSourceArn(queue)))
                .isInstanceOf(ResourceConflictException.class)
                .hasMessageContaining(made.uuid());

        client().updateEventSourceMapping(
                        update -> update.uuid(made.uuid()).batchSize(10).enabled(true));
        assertThat(client().listEventSourceMappings(list -> list.functionName("echo"))
                        .eventSourceMappings())
                .singleElement()
                .satisfies(mapping -> {
                    assertThat(mapping.batchSize()).isEqualTo(10);
                    assertThat(mapping.state()).isEqualTo("Enabled");
                });
        assertThat(client().listEventSourceMappings(list -> list.eventSourceArn(queue + "-other"))
                        .eventSourceMappings())
                .isEmpty();

        assertThat(client().deleteEventSourceMapping(delete -> delete.uuid(made.uuid()))
                        .state())
                .isEqualTo("Deleting");
        assertThatThrownBy(() -> client().getEventSourceMapping(get -> get.uuid(made.uuid())))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void aMappingThatCouldNotWorkIsRefusedWithItsReason() {
        create("echo", "contract-echo", function -> function.timeout(31));
        queues().createQueue(queue -> queue.queueName("jobs"));
        String queue = "arn:aws:sqs:us-east-1:000000000000:jobs";

        assertMappingRefused("Queue visibility timeout: 30 seconds is less than Function timeout: 31 seconds", queue);
        assertMappingRefused(
                "arn:aws:sqs:us-east-1:000000000000:none does not answer", "arn:aws:sqs:us-east-1:000000000000:none");
        assertMappingRefused("not arn:aws:sqs:eu-west-1:000000000000:jobs", "arn:aws:sqs:eu-west-1:000000000000:jobs");
        assertMappingRefused("only SQS queues are", "arn:aws:kinesis:us-east-1:000000000000:stream/s");
        assertThatThrownBy(() -> client().createEventSourceMapping(create -> create.functionName("echo")
                        .eventSourceArn(queue)
                        .filterCriteria(filter -> filter.filters(one -> one.pattern("{}")))))
                .hasMessageContaining("FilterCriteria");
        assertThatThrownBy(() -> client().createEventSourceMapping(create ->
                        create.functionName("echo").eventSourceArn(queue).batchSize(11)))
                .hasMessageContaining("between 1 and 10");
    }

    private void assertMappingRefused(String reason, String queue) {
        assertThatThrownBy(() -> client().createEventSourceMapping(
                                create -> create.functionName("echo").eventSourceArn(queue)))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void tagsAreAddedAndRemoved() {
        create("echo", "contract-echo", function -> function.tags(Map.of("a", "1", "b", "2")));
        client().tagResource(tag -> tag.resource(ARN).tags(Map.of("b", "3", "c", "4")));
        client().untagResource(untag -> untag.resource(ARN).tagKeys("a"));

        assertThat(client().listTags(list -> list.resource(ARN)).tags()).isEqualTo(Map.of("b", "3", "c", "4"));
    }

    @Test
    void aFunctionHasNoCodeSigning() {
        create("echo", "contract-echo", function -> {});

        assertThat(client().getFunctionCodeSigningConfig(get -> get.functionName("echo"))
                        .codeSigningConfigArn())
                .isNull();
    }

    protected void create(String name, String builtIn, Consumer<CreateFunctionRequest.Builder> more) {
        client().createFunction(create -> {
            create.functionName(name)
                    .role(ROLE)
                    .runtime(Runtime.JAVA25)
                    .handler("feedline:builtin/" + builtIn)
                    .code(code -> {});
            more.accept(create);
        });
    }

    private String invoke(String function, String payload) {
        return client().invoke(invoke -> invoke.functionName(function).payload(SdkBytes.fromUtf8String(payload)))
                .payload()
                .asUtf8String();
    }

    private void assertRefused(String named, Consumer<CreateFunctionRequest.Builder> more) {
        assertThatThrownBy(() -> create("refused", "contract-echo", more))
                .isInstanceOf(LambdaException.class)
                .hasMessageContaining(named);
        assertThat(client().listFunctions(list -> {}).functions()).isEmpty();
    }

    /// A zip with one entry.
    protected static byte[] zip(String name, String content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }
}
