package dev.feedline.lambda;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// How long to wait before trying again.
final class Pause {
    private static final Logger LOG = LoggerFactory.getLogger(Pause.class);
    private static final Duration FOR_ROOM = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int MOST_DOUBLINGS = 10;

    private Pause() {}

    /// Lambda's own backoff for what is not the function's fault: "from 1 second … to a maximum of 5
    /// minutes".
    static Duration backoff(int failures) {
        Duration wait = Duration.ofSeconds(1L << Math.min(failures, MOST_DOUBLINGS));
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }

    /// Waits when the store has no room; says whether there is sense in going on: a broken store has
    /// told the process already, and a closed one means that Lambda is closing.
    static boolean forRoom(AwsServiceException e) {
        if (e.statusCode() != 503) {
            LOG.error("Lambda's background work cannot go on", e);
            return false;
        }
        try {
            Thread.sleep(FOR_ROOM);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
