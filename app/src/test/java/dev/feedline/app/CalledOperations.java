package dev.feedline.app;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/// Which operations of which service a genuine client called and was answered.
final class CalledOperations {
    private final Map<String, Set<String>> called = new TreeMap<>();

    /// The client, with every call that is answered written down.
    <C> C around(Class<C> port, C client) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(client, arguments);
                        note(port, method.getName());
                        return answer;
                    } catch (InvocationTargetException e) {
                        if (e.getCause() instanceof AwsServiceException refusal && isAlwaysSo(refusal)) {
                            note(port, method.getName());
                        }
                        throw e.getCause();
                    }
                }));
    }

    /// What was never set up and cannot be is answered so by AWS, too; the operation works when it says just that.
    private static boolean isAlwaysSo(AwsServiceException refusal) {
        String code = refusal.awsErrorDetails() == null
                ? ""
                : refusal.awsErrorDetails().errorCode();
        return code != null && code.matches("NoSuch.*(Policy|Configuration)|.*ConfigurationNotFoundError");
    }

    private synchronized void note(Class<?> port, String method) {
        String operation = method.replaceFirst("(Paginator|AsBytes)$", "");
        called.computeIfAbsent(port.getSimpleName(), name -> new TreeSet<>()).add(operation);
    }

    /// What clients were answered, by service.
    synchronized Set<String> of(Class<?> port) {
        return Set.copyOf(called.getOrDefault(port.getSimpleName(), Set.of()));
    }

    /// The operations of the SDK's interface that the room overrides.
    static Set<String> overridden(Class<?> port, Class<?> room) {
        return Stream.of(port.getMethods())
                .filter(CalledOperations::isOperation)
                .filter(method -> isOverridden(method, room))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isOverridden(Method method, Class<?> room) {
        try {
            return !room.getMethod(method.getName(), method.getParameterTypes())
                    .getDeclaringClass()
                    .isInterface();
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(room + " is no such service", e);
        }
    }

    private static boolean isOperation(Method method) {
        Class<?>[] takes = method.getParameterTypes();
        return takes.length > 0
                && SdkRequest.class.isAssignableFrom(takes[0])
                && (SdkResponse.class.isAssignableFrom(method.getReturnType())
                        || (takes.length == 2 && takes[1].getSimpleName().equals("ResponseTransformer")));
    }
}
