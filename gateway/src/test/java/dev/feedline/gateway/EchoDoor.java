package dev.feedline.gateway;

import dev.feedline.wire.Answer;
import dev.feedline.wire.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/// A door that tells what arrived: `/v1/data/echo` reads the body, `/v1/data/refuse` does not, `/v1/data/wait` blocks.
final class EchoDoor implements Door {
    final Semaphore entered = new Semaphore(0);
    final CountDownLatch goOn = new CountDownLatch(1);

    @Override
    public List<String> paths() {
        return List.of("/v1/data");
    }

    @Override
    public void serve(Exchange exchange) throws IOException, InterruptedException {
        String path = exchange.head().path();
        if (path.endsWith("/refuse")) {
            exchange.answer(text(403, "refused"));
        } else if (path.endsWith("/wait")) {
            entered.release();
            goOn.await();
            exchange.answer(text(200, "waited"));
        } else {
            long length = exchange.body().transferTo(java.io.OutputStream.nullOutputStream());
            exchange.answer(text(200, path + " " + exchange.head().query().parameters() + " " + length));
        }
    }

    private static Answer text(int status, String text) {
        return new Answer(
                status, new Headers().add("content-type", "text/plain"), text.getBytes(StandardCharsets.UTF_8));
    }
}
