package dev.feedline.app;

import dev.feedline.app.LossesRig.Loss;
import dev.feedline.feeds.Buckets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/// A rig that stops a conversion half way: the first lake objects that come through the port are put, and each further
/// put is held until the test lets it go.
///
/// Rows land when the test says so, all at once, so that one look of a run finds them all.
final class HeldLake implements Rig {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Moment moment;
    private final int free;
    private final LossesRig landing = LossesRig.losing(Loss.DELIVERIES);
    private final AtomicInteger puts = new AtomicInteger();
    private final Semaphore held = new Semaphore(0);
    private final CountDownLatch released = new CountDownLatch(1);

    /// Where a put is held.
    enum Moment {
        BEFORE_PUT,
        /// The object is there, and whoever put it does not know.
        BEFORE_ANSWER
    }

    /// @param free how many puts are not held
    HeldLake(Moment moment, int free) {
        this.moment = moment;
        this.free = free;
    }

    /// Lets what is on the streams land, from now on at once.
    void deliver() {
        landing.restore(Loss.DELIVERIES);
    }

    /// Waits until so many puts are held.
    void awaitHeld(int puts) throws InterruptedException {
        if (!held.tryAcquire(puts, LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("not within " + LONGEST + ": " + puts + " puts of lake objects that are held, but "
                    + held.availablePermits());
        }
    }

    /// Lets the held ones go, and holds no more.
    void release() {
        released.countDown();
    }

    @Override
    public <C> C client(Side side, Class<C> port, C client) {
        C seen = landing.client(side, port, client);
        return side == Side.GATEWAY && port.equals(S3Client.class) ? Tapped.client(port, seen, this::call) : seen;
    }

    private @Nullable Object call(SdkRequest request, Tapped.Onward onward) throws Throwable {
        boolean isHeld = request instanceof PutObjectRequest put
                && put.bucket().equals(Buckets.EMBEDDED.lake())
                && puts.incrementAndGet() > free;
        if (isHeld && moment == Moment.BEFORE_PUT) {
            hold();
        }
        Object answer = onward.to(request);
        if (isHeld && moment == Moment.BEFORE_ANSWER) {
            hold();
        }
        return answer;
    }

    private void hold() throws InterruptedException {
        held.release();
        released.await();
    }
}
