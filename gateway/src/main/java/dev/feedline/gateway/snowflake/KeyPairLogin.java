package dev.feedline.gateway.snowflake;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.feedline.snowflake.KeyFingerprint;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A login by key pair: a JWT signed RS256 by the user's private key.
///
/// Its issuer is `ACCOUNT.USER.SHA256:<fingerprint of the public key>`, its subject `ACCOUNT.USER`; it is valid for at
/// most an hour. Source: docs.snowflake.com/en/developer-guide/sql-api/authenticating.
final class KeyPairLogin {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long LONGEST_SECONDS = 3600;

    /// How much the clocks of both sides may differ.
    private static final long LEEWAY_SECONDS = 60;

    private KeyPairLogin() {}

    static boolean accepts(String jwt, String user, List<PublicKey> keys, Instant now) {
        String[] parts = jwt.split("\\.", -1);
        if (parts.length != 3) {
            return false;
        }
        try {
            JsonNode header = json(parts[0]);
            JsonNode claims = json(parts[1]);
            return header.path("alg").asString("").equals("RS256")
                    && inTime(claims, now)
                    && keys.stream().anyMatch(key -> isFor(claims, user, key) && isSigned(parts, key));
        } catch (JacksonException | IllegalArgumentException e) {
            return false; // no JSON, or no Base64
        }
    }

    private static boolean inTime(JsonNode claims, Instant now) {
        long at = now.getEpochSecond();
        long issued = claims.path("iat").asLong(Long.MIN_VALUE);
        long expires = claims.path("exp").asLong(Long.MIN_VALUE);
        return issued <= at + LEEWAY_SECONDS
                && expires > at - LEEWAY_SECONDS
                && expires - issued <= LONGEST_SECONDS + LEEWAY_SECONDS;
    }

    private static boolean isFor(JsonNode claims, String user, PublicKey key) {
        String name = "." + user.toUpperCase(Locale.ROOT);
        String issuer = claims.path("iss").asString("");
        String subject = claims.path("sub").asString("");
        return subject.endsWith(name) && issuer.equals(subject + "." + KeyFingerprint.of(key));
    }

    private static boolean isSigned(String[] parts, PublicKey key) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key);
            signature.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
        } catch (GeneralSecurityException e) {
            return false; // a signature of another length, or a key that is no RSA key
        }
    }

    private static JsonNode json(String part) {
        return JSON.readTree(new String(Base64.getUrlDecoder().decode(part), UTF_8));
    }
}
