package dev.feedline.app;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/// S3 that takes its time over each object whose key contains `slow`, as a crawl of a large one does.
///
/// @param s3 the same without
record SlowS3(S3Client s3) implements InvocationHandler {
    private static final long MILLIS = 50;

    S3Client client() {
        return (S3Client)
                Proxy.newProxyInstance(S3Client.class.getClassLoader(), new Class<?>[] {S3Client.class}, this);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("getObject") && arguments != null) {
            if (arguments.length == 1) { // comes back with how its body is handed out
                return InvocationHandler.invokeDefault(proxy, method, arguments);
            }
            if (arguments[0] instanceof GetObjectRequest get && get.key().contains("slow")) {
                Thread.sleep(MILLIS);
            }
        }
        try {
            return method.invoke(s3, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
