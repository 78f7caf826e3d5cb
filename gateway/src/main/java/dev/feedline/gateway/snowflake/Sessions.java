package dev.feedline.gateway.snowflake;

import dev.feedline.snowflake.Session;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// The sessions that drivers have open, by their token. A session runs one statement at a time.
public final class Sessions implements AutoCloseable {
    static final int MOST_SESSIONS = 256;
    /// Snowflake's default for idle sessions.
    static final Duration LONGEST_IDLE = Duration.ofHours(4);
    private static final int TOKEN_BYTES = 32;

    private final Supplier<Session> opening;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong ids = new AtomicLong();
    private final Map<String, Open> open = new ConcurrentHashMap<>();

    public Sessions(Supplier<Session> opening, InstantSource clock) {
        this.opening = opening;
        this.clock = clock;
    }

    /// An open session, its lock, and when it was last used.
    static final class Open {
        final String token;
        final long id;
        final Session session;
        final ReentrantLock lock = new ReentrantLock();
        volatile Instant lastUsed;

        Open(String token, long id, Session session, Instant now) {
            this.token = token;
            this.id = id;
            this.session = session;
            this.lastUsed = now;
        }
    }

    /// @throws IllegalStateException when too many are open
    Open begin() {
        endIdle();
        if (open.size() >= MOST_SESSIONS) {
            throw new IllegalStateException(MOST_SESSIONS + " sessions are open; close one first");
        }
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = HexFormat.of().formatHex(bytes);
        Open session = new Open(token, ids.incrementAndGet(), opening.get(), clock.instant());
        open.put(token, session);
        return session;
    }

    Optional<Open> find(Optional<String> token) {
        Optional<Open> found = token.map(open::get);
        found.ifPresent(session -> session.lastUsed = clock.instant());
        return found;
    }

    void end(Open session) {
        if (open.remove(session.token) != null) {
            session.lock.lock(); // a statement that still runs ends first
            try {
                session.session.close();
            } finally {
                session.lock.unlock();
            }
        }
    }

    @Override
    public void close() {
        open.values().forEach(this::end);
    }

    private void endIdle() {
        Instant since = clock.instant().minus(LONGEST_IDLE);
        open.values().stream()
                .filter(session -> session.lastUsed.isBefore(since))
                .forEach(this::end);
    }
}
