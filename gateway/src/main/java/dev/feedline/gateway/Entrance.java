package dev.feedline.gateway;

import dev.feedline.wire.Answer;
import dev.feedline.wire.Headers;
import dev.feedline.wire.RequestHead;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// Where every request comes in: it gets a virtual thread of its own, or 503 when too many are under way, and is shown
/// to its door.
final class Entrance extends Handler.Abstract.NonBlocking implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

    private final List<Door> doors;
    private final AwsDoor aws;
    private final Semaphore places;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("request-", 0).factory());

    Entrance(GatewaySettings settings, List<Door> doors, AwsDoor aws) {
        this.doors = List.copyOf(doors);
        this.aws = aws;
        this.places = new Semaphore(settings.concurrentRequests());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!places.tryAcquire()) {
            response.setStatus(503);
            response.getHeaders().put("Retry-After", "1");
            callback.succeeded();
            return true;
        }
        request.addIdleTimeoutListener(timeout -> false); // a long poll is silent on purpose
        threads.execute(() -> {
            try {
                serve(request, response, callback);
            } finally {
                places.release();
            }
        });
        return true;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void serve(Request request, Response response, Callback callback) {
        JettyExchange exchange = null;
        try {
            exchange = new JettyExchange(request, response);
            doorOf(exchange.head()).serve(exchange);
            callback.succeeded();
        } catch (AwsServiceException e) { // a head that cannot be read
            response.setStatus(e.statusCode());
            callback.succeeded();
        } catch (IOException e) {
            LOG.debug("the client went away", e);
            leave(exchange, response, callback, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            callback.failed(e);
        } catch (RuntimeException | Error e) {
            LOG.error("a request failed", e);
            fail(exchange, callback, e);
        }
    }

    /// The client broke off or fell silent: nothing to log, and no answer that looks whole.
    private static void leave(@Nullable JettyExchange exchange, Response response, Callback callback, IOException e) {
        if (exchange != null && exchange.isAnswered()) {
            callback.failed(new EofException(e));
            return;
        }
        response.setStatus(e.getCause() instanceof TimeoutException ? 408 : 400);
        response.getHeaders().put("Connection", "close");
        callback.succeeded();
    }

    private static void fail(@Nullable JettyExchange exchange, Callback callback, Throwable e) {
        if (exchange == null || exchange.isAnswered()) {
            callback.failed(e); // ends the connection: half an answer must not look whole
            return;
        }
        try {
            exchange.answer(new Answer(500, new Headers(), new byte[0]));
            callback.succeeded();
        } catch (IOException unsent) {
            callback.failed(unsent);
        }
    }

    private Door doorOf(RequestHead head) {
        if (AwsDoor.isMeant(head)) {
            return aws;
        }
        return doors.stream()
                .filter(door -> door.paths().stream().anyMatch(path -> isUnder(head.path(), path)))
                .findFirst()
                .orElse(aws);
    }

    private static boolean isUnder(String path, String prefix) {
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }
}
