package dev.feedline.app;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/// A client that is handed out before the service behind it exists: S3 calls Lambda, and Lambda reads code from S3.
final class LateClient<C> implements InvocationHandler {
    private final Class<C> port;
    private volatile @Nullable C service;

    LateClient(Class<C> port) {
        this.port = port;
    }

    C client() {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, this));
    }

    /// From now on calls reach this service.
    void is(C service) {
        this.service = service;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        C target = service;
        if (target == null) {
            throw new IllegalStateException(port.getSimpleName() + " is called before Feedline has started");
        }
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
