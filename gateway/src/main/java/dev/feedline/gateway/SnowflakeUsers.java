package dev.feedline.gateway;

import java.security.PublicKey;
import java.util.List;

/// Who may log in to the warehouse, and by what.
public interface SnowflakeUsers {
    boolean accepts(String user, String password);

    /// The public keys that a user's key-pair login may be signed for: `RSA_PUBLIC_KEY` and `RSA_PUBLIC_KEY_2`.
    List<PublicKey> publicKeys(String user);
}
