package dev.feedline.app;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;

/// What the port has in the place of a service that is AWS's: every request is refused, and told where to go.
///
/// A request that is signed with Feedline's keys is not signed anew with AWS's. What the other services do at AWS for
/// whoever has Feedline's keys (stages, crawlers, deliveries, code, mappings) they do with AWS's credentials all the
/// same, and nothing here narrows that.
final class AtAws implements InvocationHandler {
    private static final int NOT_IMPLEMENTED = 501;

    private final String service;

    private AtAws(String service) {
        this.service = service;
    }

    static <C> C instead(Class<C> port, String service) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, new AtAws(service)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
        if (arguments != null && arguments.length > 0 && arguments[0] instanceof SdkRequest) {
            throw refusal();
        }
        return switch (method.getName()) {
            case "serviceName" -> service;
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> arguments != null && isSame(proxy, arguments[0]);
            case "close" -> null;
            default -> service + " at AWS";
        };
    }

    @SuppressWarnings("ReferenceEquality") // a proxy equals only itself
    private static boolean isSame(Object proxy, Object other) {
        return proxy == other;
    }

    private AwsServiceException refusal() {
        String message =
                "The " + service + " of this Feedline is AWS's own (services.s3 and services.sqs are aws in its"
                        + " definition). Send the request to AWS: without the endpoint override (AWS_ENDPOINT_URL, --endpoint-url)"
                        + " and with credentials of AWS.";
        return AwsServiceException.builder()
                .statusCode(NOT_IMPLEMENTED)
                .message(message)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("NotImplemented")
                        .errorMessage(message)
                        .serviceName("Feedline")
                        .build())
                .build();
    }
}
