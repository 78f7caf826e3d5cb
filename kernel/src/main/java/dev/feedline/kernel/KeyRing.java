package dev.feedline.kernel;

import java.util.Optional;

/// Where the secret behind an access key id is found: `iam` keeps them, `gateway` asks.
public interface KeyRing {
    /// The key of this id; empty when there is none, or none any more.
    Optional<Key> find(String accessKeyId);

    /// A key pair and whose it is.
    record Key(String accessKeyId, String secret, Arn principal) {
        @Override
        public String toString() {
            return accessKeyId + " of " + principal; // never the secret
        }
    }
}
