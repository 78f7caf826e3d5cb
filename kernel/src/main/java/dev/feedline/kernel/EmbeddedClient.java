package dev.feedline.kernel;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.RequiredTrait;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/// The proxy around an embedded service that does what the SDK's interceptors and the wire do for a real one.
///
/// Members that the SDK's models call required are checked, and that members of a path are not empty: S3's
/// `InvalidRequest`, and `ValidationException` for other services. Of the services here only the models of S3 say which
/// members are required; what the others require their rooms check themselves. `CopyObject`'s `sourceBucket` and
/// `sourceKey` become `copySource`, and an operation the service does not override is refused as `NotImplemented` by
/// its name. The consumer-builder overloads and paginators of the interface come back through the proxy.
public final class EmbeddedClient implements InvocationHandler {
    private final Object service;
    private final Class<?> port;
    private final Map<Method, Boolean> implemented = new ConcurrentHashMap<>();

    private EmbeddedClient(Object service, Class<?> port) {
        this.service = service;
        this.port = port;
    }

    /// Puts the proxy around `service`, seen as the SDK interface `port`.
    public static <C> C around(Class<C> port, C service) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, new EmbeddedClient(service, port)));
    }

    /// Says whether the service overrides the operation, given the interface's method.
    public static boolean implementsOperation(Object service, Method method) {
        try {
            return !service.getClass()
                    .getMethod(method.getName(), method.getParameterTypes())
                    .getDeclaringClass()
                    .isInterface();
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    /// The error of an operation that exists at AWS and not (yet) here; it names the operation.
    public static AwsServiceException notImplemented(String service, String operation) {
        return refusal(501, "NotImplemented", operation + " of " + service + " is not implemented by Feedline.");
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        Object[] given = arguments == null ? new Object[0] : arguments;
        if (method.getDeclaringClass().equals(Object.class)) {
            return ofObject(proxy, method, given);
        }
        if (implemented.computeIfAbsent(method, one -> implementsOperation(service, one))) {
            return call(method, prepared(given));
        }
        if (method.isDefault() && !(given.length > 0 && given[0] instanceof SdkRequest && isOperation(method))) {
            return InvocationHandler.invokeDefault(proxy, method, given);
        }
        throw notImplemented(serviceName(), operationName(method));
    }

    private static Object ofObject(Object proxy, Method method, Object[] given) {
        return switch (method.getName()) {
            case "equals" -> isSame(proxy, given[0]);
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "embedded " + proxy.getClass().getInterfaces()[0].getSimpleName();
        };
    }

    @SuppressWarnings("ReferenceEquality") // a proxy equals only itself
    private static boolean isSame(Object proxy, Object other) {
        return proxy == other;
    }

    /// The method an operation ends in, not one of its conveniences (paginators, `…AsBytes`, paths) that call it.
    private boolean isOperation(Method method) {
        boolean paginator = method.getName().endsWith("Paginator");
        boolean plain = method.getParameterCount() == 1;
        boolean body = method.getParameterCount() == 2
                && List.of("RequestBody", "ResponseTransformer")
                        .contains(method.getParameterTypes()[1].getSimpleName());
        boolean answers = !List.of("ResponseInputStream", "ResponseBytes")
                .contains(method.getReturnType().getSimpleName());
        return !paginator && answers && (body || (plain && !hasBodyForm(method)));
    }

    /// Says whether the operation also exists with a body beside the request, which the plain form would then call.
    private boolean hasBodyForm(Method method) {
        for (Method other : port.getMethods()) {
            if (other.getName().equals(method.getName())
                    && other.getParameterCount() == 2
                    && other.getParameterTypes()[0].equals(method.getParameterTypes()[0])) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Object call(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(service, arguments);
        } catch (InvocationTargetException e) {
            throw Optional.ofNullable(e.getCause()).orElse(e);
        }
    }

    private Object[] prepared(Object[] arguments) {
        if (arguments.length == 0 || !(arguments[0] instanceof SdkRequest request)) {
            return arguments;
        }
        Object[] prepared = arguments.clone();
        prepared[0] = withCopySource(request);
        requireMembers((SdkPojo) prepared[0], "");
        return prepared;
    }

    private void requireMembers(SdkPojo pojo, String path) {
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (value == null && field.containsTrait(RequiredTrait.class)) {
                throw missing(path + field.memberName());
            }
            if (field.location() == MarshallLocation.PATH && value instanceof String text && text.isEmpty()) {
                throw missing(path + field.memberName());
            }
            if (value instanceof SdkPojo nested) {
                requireMembers(nested, path + field.memberName() + ".");
            } else if (value instanceof List<?> list) {
                for (int i = 0; i < list.size() && list.get(i) instanceof SdkPojo nested; i++) {
                    requireMembers(nested, path + field.memberName() + "." + (i + 1) + ".member.");
                }
            }
        }
    }

    private AwsServiceException missing(String member) {
        return refusal(
                400,
                serviceName().equals("S3") ? "InvalidRequest" : "ValidationException",
                "1 validation error detected: Value null at '" + member
                        + "' failed to satisfy constraint: Member must not be null");
    }

    private static AwsServiceException refusal(int status, String code, String message) {
        return AwsServiceException.builder()
                .statusCode(status)
                .message(message)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .serviceName("Feedline")
                        .build())
                .build();
    }

    private String serviceName() {
        return port.getSimpleName().replaceFirst("Client$", "");
    }

    private static String operationName(Method method) {
        String name = method.getName();
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    /// `CopyObject` and `UploadPartCopy` may name their source in members that the SDK folds into `copySource` on the
    /// wire.
    private static SdkRequest withCopySource(SdkRequest request) {
        Optional<String> bucket = request.getValueForField("SourceBucket", String.class);
        Optional<String> key = request.getValueForField("SourceKey", String.class);
        if (bucket.isEmpty() || key.isEmpty()) {
            return request;
        }
        String version = request.getValueForField("SourceVersionId", String.class)
                .map(id -> "?versionId=" + SdkHttpUtils.urlEncode(id))
                .orElse("");
        String source =
                SdkHttpUtils.urlEncode(bucket.get()) + "/" + SdkHttpUtils.urlEncodeIgnoreSlashes(key.get()) + version;
        SdkPojo builder = (SdkPojo) request.toBuilder();
        for (SdkField<?> field : builder.sdkFields()) {
            switch (field.memberName()) {
                case "CopySource" -> field.set(builder, source);
                case "SourceBucket", "SourceKey", "SourceVersionId" -> field.set(builder, null);
                default -> {}
            }
        }
        return ((SdkRequest.Builder) builder).build();
    }
}
