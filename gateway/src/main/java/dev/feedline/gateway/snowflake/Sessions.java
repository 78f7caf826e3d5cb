package dev.feedline.gateway.snowflake;

import dev.feedline.snowflake.Session;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// The sessions that drivers have open, found by their tokens. A session runs one statement at a time.
///
/// Its token ends after an hour and is renewed by its master token, which ends when the session has been idle for long.
final class Sessions implements AutoCloseable {
    static final int MOST_SESSIONS = 256;
    private static final int TOKEN_BYTES = 32;

    private final ProtocolSettings settings;
    private final SecureRandom random = new SecureRandom();
    /// By their token and by the one before it, which answers "expired".
    private final Map<String, Open> byToken = new ConcurrentHashMap<>();
    private final Map<String, Open> byMaster = new ConcurrentHashMap<>();

    Sessions(ProtocolSettings settings) {
        this.settings = settings;
    }

    /// An open session, its lock, and until when its tokens are good.
    static final class Open {
        final Session session;
        final String user;
        final ReentrantLock lock = new ReentrantLock();
        private final String master;
        private volatile String token;
        private String former = "";
        private volatile Instant tokenUntil;
        private volatile Instant masterUntil;

        private Open(
                Session session, String user, String token, String master, Instant tokenUntil, Instant masterUntil) {
            this.session = session;
            this.user = user;
            this.token = token;
            this.master = master;
            this.tokenUntil = tokenUntil;
            this.masterUntil = masterUntil;
        }

        String token() {
            return token;
        }

        String master() {
            return master;
        }
    }

    /// What a token says.
    sealed interface Found {
        record Valid(Open session) implements Found {}

        /// To be renewed by the master token.
        record Expired() implements Found {}

        /// No session has it, or has it any more.
        record Gone() implements Found {}
    }

    /// @return empty when too many are open
    Optional<Open> begin(Session session, String user) {
        endIdle();
        if (byMaster.size() >= MOST_SESSIONS) {
            return Optional.empty();
        }
        Instant now = settings.clock().instant();
        Open open = new Open(
                session, user, token(), token(), now.plus(settings.tokenLife()), now.plus(settings.masterLife()));
        byToken.put(open.token, open);
        byMaster.put(open.master, open);
        return Optional.of(open);
    }

    Found find(Optional<String> token) {
        Open open = token.map(byToken::get).orElse(null);
        if (open == null) {
            return new Found.Gone();
        }
        Instant now = settings.clock().instant();
        if (!now.isBefore(open.tokenUntil) || !token.get().equals(open.token)) {
            return new Found.Expired();
        }
        open.masterUntil = now.plus(settings.masterLife());
        return new Found.Valid(open);
    }

    /// Gives the session of a master token a new token; expired when the master token is.
    Found renew(Optional<String> master) {
        Open open = master.map(byMaster::get).orElse(null);
        if (open == null) {
            return new Found.Gone();
        }
        Instant now = settings.clock().instant();
        if (!now.isBefore(open.masterUntil)) {
            end(open);
            return new Found.Expired();
        }
        synchronized (open) {
            byToken.remove(open.former);
            open.former = open.token;
            open.tokenUntil = now.plus(settings.tokenLife());
            open.masterUntil = now.plus(settings.masterLife());
            open.token = token();
            byToken.put(open.token, open);
        }
        return new Found.Valid(open);
    }

    void end(Open open) {
        if (byMaster.remove(open.master) != null) {
            synchronized (open) {
                byToken.remove(open.token);
                byToken.remove(open.former);
            }
            open.lock.lock(); // a statement that still runs ends first
            try {
                open.session.close();
            } finally {
                open.lock.unlock();
            }
        }
    }

    List<Open> all() {
        return List.copyOf(byMaster.values());
    }

    @Override
    public void close() {
        all().forEach(this::end);
    }

    private void endIdle() {
        Instant now = settings.clock().instant();
        all().stream()
                .filter(open -> !now.isBefore(open.masterUntil) && !open.lock.isLocked())
                .forEach(this::end);
    }

    private String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
