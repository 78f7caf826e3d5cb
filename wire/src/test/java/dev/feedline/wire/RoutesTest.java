package dev.feedline.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.RequiredTrait;
import software.amazon.awssdk.protocols.core.OperationInfo;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;

/// Each line of the routing tables says what the SDK's own marshaller does.
class RoutesTest {
    private static final Map<String, Operation> S3 = Operation.of(S3Client.class);

    /// Not on the synchronous interface: they answer with event streams.
    private static final Set<String> ONLY_ASYNCHRONOUS = Set.of("SelectObjectContent", "InvokeWithResponseStream");

    private static final Set<String> LEFT_OUT =
            Set.of("ListDirectoryBuckets", "CreateSession", "WriteGetObjectResponse");

    static List<Route> s3Lines() {
        return Routes.table("s3");
    }

    static List<Route> lambdaLines() {
        return Routes.table("lambda");
    }

    @ParameterizedTest
    @MethodSource("s3Lines")
    void anS3LineIsWhatTheMarshallerSends(Route route) throws Exception {
        OperationInfo binding = binding("s3", route.operation());

        assertThat(route.method()).isEqualTo(binding.httpMethod().name());
        // The SDK's endpoint rules put the bucket in front of the marshaller's path.
        assertThat(withSlash(route.path().replaceFirst("^/\\{Bucket}", ""))).isEqualTo(withSlash(path(binding)));
        assertThat(fixed(route.markers())).isEqualTo(fixed(Query.parse(query(binding))));
        requireMembers("s3", route);
    }

    @ParameterizedTest
    @MethodSource("lambdaLines")
    void aLambdaLineIsWhatTheMarshallerSends(Route route) throws Exception {
        OperationInfo binding = binding("lambda", route.operation());

        assertThat(route.method()).isEqualTo(binding.httpMethod().name());
        assertThat(route.path()).isEqualTo(path(binding));
        assertThat(fixed(route.markers())).isEqualTo(fixed(Query.parse(query(binding))));
        requireMembers("lambda", route);
    }

    @Test
    void everyOperationHasItsLine() {
        Set<String> s3 = new TreeSet<>(S3.keySet());
        s3.removeAll(LEFT_OUT);
        assertThat(names(s3Lines())).containsExactlyInAnyOrderElementsOf(s3);
        assertThat(names(lambdaLines()))
                .containsExactlyInAnyOrderElementsOf(
                        Operation.of(LambdaClient.class).keySet());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, '', ListBuckets",
        "GET, /b, '', ListObjects",
        "GET, /b/, list-type=2&prefix=x, ListObjectsV2",
        "GET, /b, uploads, ListMultipartUploads",
        "GET, /b//, '', GetObject",
        "GET, /b/k, '', GetObject",
        "GET, /b/a/b/../c, uploadId=1, ListParts",
        "PUT, /b/k, partNumber=1&uploadId=2, UploadPart",
        "PUT, /b/k, '', PutObject",
        "POST, /b, delete, DeleteObjects",
        "DELETE, /b/k, uploadId=7, AbortMultipartUpload",
        "GET, /b, analytics&id=1, GetBucketAnalyticsConfiguration",
        "GET, /b, analytics, ListBucketAnalyticsConfigurations",
        "HEAD, /b/k, '', HeadObject",
        "HEAD, /b, '', HeadBucket"
    })
    void theLineThatAsksMostWins(String method, String path, String query, String operation) {
        Call call = Routes.of("s3", S3).find(new RequestHead(method, path, Query.parse(query), new Headers()));

        assertThat(call.operation().name()).isEqualTo(operation);
    }

    @Test
    void aCopyIsKnownByItsHeader() {
        RequestHead head =
                new RequestHead("PUT", "/b/k", Query.parse(""), new Headers().add("x-amz-copy-source", "/other/key"));

        Call call = Routes.of("s3", S3).find(head);

        assertThat(call.operation().name()).isEqualTo("CopyObject");
        assertThat(call.labels()).containsEntry("Bucket", "b").containsEntry("Key", "k");
    }

    @Test
    void aGreedyLabelKeepsEverySlashAndDot() {
        Call call =
                Routes.of("s3", S3).find(new RequestHead("GET", "/b//a/../%2Fx%20+/", Query.parse(""), new Headers()));

        assertThat(call.labels()).containsEntry("Key", "/a/..//x +/");
    }

    private static void requireMembers(String service, Route route) throws Exception {
        List<SdkField<?>> fields = ((software.amazon.awssdk.core.SdkPojo)
                        model(service, route.operation()).getMethod("builder").invoke(null))
                .sdkFields();
        Set<String> required = fields.stream()
                .filter(field -> field.location() == MarshallLocation.QUERY_PARAM)
                .filter(field -> field.containsTrait(RequiredTrait.class))
                .map(SdkField::locationName)
                .collect(Collectors.toSet());
        Set<String> asked = route.markers().parameters().stream()
                .filter(marker -> marker.value().equals("{}"))
                .map(Query.Parameter::name)
                .collect(Collectors.toSet());
        assertThat(asked).isEqualTo(required);
        route.header()
                .ifPresent(header -> assertThat(fields)
                        .anyMatch(field -> field.location() == MarshallLocation.HEADER
                                && field.containsTrait(RequiredTrait.class)
                                && field.locationName().equals(header)));
    }

    private static Set<String> names(List<Route> routes) {
        return routes.stream()
                .map(Route::operation)
                .filter(name -> !ONLY_ASYNCHRONOUS.contains(name))
                .collect(Collectors.toSet());
    }

    private static Set<String> fixed(Query markers) {
        return markers.parameters().stream()
                .filter(marker -> !marker.value().equals("{}"))
                .map(marker -> marker.name() + "=" + marker.value())
                .collect(Collectors.toSet());
    }

    private static OperationInfo binding(String service, String operation) throws Exception {
        Class<?> marshaller = Class.forName(
                "software.amazon.awssdk.services." + service + ".transform." + operation + "RequestMarshaller");
        Field field = Arrays.stream(marshaller.getDeclaredFields())
                .filter(each -> each.getName().equals("SDK_OPERATION_BINDING"))
                .findFirst()
                .orElseThrow();
        field.setAccessible(true);
        return (OperationInfo) field.get(null);
    }

    private static Class<?> model(String service, String operation) throws Exception {
        return Class.forName("software.amazon.awssdk.services." + service + ".model." + operation + "Request");
    }

    private static String path(OperationInfo binding) {
        return binding.requestUri().split("\\?", 2)[0];
    }

    private static String query(OperationInfo binding) {
        String[] parts = binding.requestUri().split("\\?", 2);
        return parts.length == 2 ? parts[1] : "";
    }

    private static String withSlash(String path) {
        return path.isEmpty() ? "/" : path;
    }
}
