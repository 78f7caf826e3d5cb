package dev.feedline.app;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;

/// A client that a test listens in on: every operation goes through the tap, also those called by a consumer.
final class Tapped {
    private Tapped() {}

    /// Stands between a caller and the client.
    interface Tap {
        /// Makes the call, or does something else in its place.
        @Nullable
        Object call(SdkRequest request, Onward onward) throws Throwable;
    }

    /// The call itself.
    interface Onward {
        String operation();

        @Nullable
        Object to(SdkRequest request) throws Throwable;
    }

    static <C> C client(Class<C> port, C client, Tap tap) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (arguments != null && arguments.length > 0 && arguments[0] instanceof SdkRequest request) {
                return tap.call(request, new Call(client, method, arguments));
            }
            boolean byConsumer = arguments != null && arguments.length > 0 && method.isDefault();
            return byConsumer && !method.getDeclaringClass().equals(Object.class)
                    ? InvocationHandler.invokeDefault(proxy, method, arguments)
                    : invoke(client, method, arguments);
        };
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
    }

    private record Call(Object client, Method method, Object[] arguments) implements Onward {
        @Override
        public String operation() {
            return method.getName();
        }

        @Override
        public @Nullable Object to(SdkRequest request) throws Throwable {
            Object[] changed = arguments.clone();
            changed[0] = request;
            return invoke(client, method, changed);
        }
    }

    private static @Nullable Object invoke(Object client, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(client, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
