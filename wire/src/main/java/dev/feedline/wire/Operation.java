package dev.feedline.wire;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/// One operation of an SDK client interface, and the method that performs it.
///
/// @param name as AWS writes it, e.g. `PutRecords`
public record Operation(String name, Form form, Method method, Class<? extends SdkRequest> request, Class<?> response) {
    /// What the method takes beside the request.
    public enum Form {
        /// Nothing: `R method(Q)`.
        PLAIN,
        /// The body to store: `R method(Q, RequestBody)`.
        UPLOAD,
        /// What receives the body: `T method(Q, ResponseTransformer<R, T>)`.
        DOWNLOAD
    }

    /// Every operation of a synchronous client interface, by its name.
    ///
    /// Paginators and consumer-builder overloads are conveniences over these and left out.
    public static Map<String, Operation> of(Class<?> client) {
        Map<String, Operation> operations = new TreeMap<>();
        for (Method method : client.getMethods()) {
            formOf(method).ifPresent(form -> {
                Operation operation = operation(form, method);
                operations.put(operation.name(), operation);
            });
        }
        return Map.copyOf(operations);
    }

    /// A builder for the operation's request, through which a codec sets the fields.
    SdkPojo requestBuilder() {
        try {
            return (SdkPojo) request.getMethod("builder").invoke(null);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(request + " is no request of the AWS SDK", e);
        }
    }

    private static Optional<Form> formOf(Method method) {
        List<Class<?>> takes = List.of(method.getParameterTypes());
        if (takes.isEmpty() || !SdkRequest.class.isAssignableFrom(takes.getFirst())) {
            return Optional.empty();
        }
        boolean answers = SdkResponse.class.isAssignableFrom(method.getReturnType());
        if (takes.size() == 1) {
            return answers ? Optional.of(Form.PLAIN) : Optional.empty();
        }
        String second = takes.size() == 2 ? takes.get(1).getSimpleName() : "";
        return switch (second) {
            case "RequestBody" -> Optional.of(Form.UPLOAD);
            case "ResponseTransformer" -> Optional.of(Form.DOWNLOAD);
            default -> Optional.empty();
        };
    }

    private static Operation operation(Form form, Method method) {
        Class<? extends SdkRequest> request = method.getParameterTypes()[0].asSubclass(SdkRequest.class);
        String methodName = method.getName();
        String name = methodName.substring(0, 1).toUpperCase(Locale.ROOT) + methodName.substring(1);
        return new Operation(name, form, method, request, method.getReturnType());
    }
}
