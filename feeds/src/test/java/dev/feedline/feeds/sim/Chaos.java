package dev.feedline.feeds.sim;

import dev.feedline.kernel.EmbeddedClient;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/// What goes wrong, decided by the seed: before and after every call of a client the caller may crash, or somebody else
/// may have a turn in the middle of it.
final class Chaos {
    private static final double CRASH = 0.012;
    private static final double MEANWHILE = 0.03;
    private static final int DEEPEST = 2;

    private final Random random;
    private final boolean ignoreIfNoneMatch;
    private final Map<String, Integer> passed = new TreeMap<>();
    private final Map<String, Integer> crashes = new TreeMap<>();
    private Runnable meanwhile = () -> {};
    private boolean on = true;
    private int depth;

    Chaos(long seed, boolean ignoreIfNoneMatch) {
        this.random = new Random(seed);
        this.ignoreIfNoneMatch = ignoreIfNoneMatch;
    }

    Random random() {
        return random;
    }

    /// One in `times`, while there is chaos at all.
    boolean oneIn(int times) {
        return on && random.nextInt(times) == 0;
    }

    /// What somebody else would do in the middle of a call.
    void meanwhile(Runnable turn) {
        this.meanwhile = turn;
    }

    void off() {
        on = false;
    }

    Map<String, Integer> crashes() {
        return crashes;
    }

    /// Every point gone past, with or without a crash.
    Map<String, Integer> passed() {
        return passed;
    }

    /// The client as a caller sees it that may crash.
    <C> C around(Class<C> port, C client) {
        Map<Method, Boolean> operations = new HashMap<>();
        InvocationHandler handler = (proxy, method, arguments) -> operations.computeIfAbsent(
                        method,
                        asked -> asked.getParameterCount() > 0 && EmbeddedClient.implementsOperation(client, asked))
                ? call(client, method, arguments)
                : InvocationHandler.invokeDefault(proxy, method, arguments);
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
    }

    private @Nullable Object call(Object client, Method method, Object[] arguments) throws Throwable {
        String name = method.getName() + what(arguments[0]);
        if (ignoreIfNoneMatch && arguments[0] instanceof PutObjectRequest put) {
            arguments[0] = put.toBuilder().ifNoneMatch(null).build();
        }
        point(name + " before");
        try {
            Object result = method.invoke(client, arguments);
            point(name + " after");
            return result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /// A place where the process may end, and where others may go on.
    void point(String name) {
        if (!on) {
            return;
        }
        passed.merge(name, 1, Integer::sum);
        if (random.nextDouble() < CRASH) {
            crashes.merge(name, 1, Integer::sum);
            throw new Crash(name);
        }
        if (depth < DEEPEST && random.nextDouble() < MEANWHILE) {
            depth++;
            try {
                meanwhile.run();
            } finally {
                depth--;
            }
        }
    }

    private static String what(Object request) {
        if (!(request instanceof PutObjectRequest put)) {
            return "";
        }
        String key = put.key();
        String[] kinds = {"terms", "first-pass", "chunks", "index", "receipts", "quarantine"};
        for (String kind : kinds) {
            if (key.contains(kind + "/")) {
                return " " + kind;
            }
        }
        return put.bucket().contains("lake") ? " lake" : " landing";
    }
}
