package dev.feedline.snowflake.catalog;

import dev.feedline.kernel.Store;
import dev.feedline.snowflake.KeyFingerprint;
import dev.feedline.snowflake.SnowflakeError;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The account's users: the one whom Feedline's keys know, and the public keys set for it.
public final class Users {
    public static final List<String> KEY_PROPERTIES = List.of("RSA_PUBLIC_KEY", "RSA_PUBLIC_KEY_2");

    /// Everything here belongs to it.
    public static final String ROLE = "ACCOUNTADMIN";

    private static final int SHORTEST_KEY_BITS = 2048;

    private final Store store;
    private final List<String> names;

    public Users(Store store, List<String> names) {
        this.store = store;
        this.names = List.copyOf(names);
    }

    public List<String> names() {
        return names;
    }

    public Optional<String> find(String name) {
        return names.stream().filter(name.toUpperCase(Locale.ROOT)::equals).findFirst();
    }

    public String require(String name) {
        return find(name)
                .orElseThrow(() ->
                        SnowflakeError.OBJECT_NOT_FOUND.with("User '" + name + "' does not exist or not authorized."));
    }

    /// What is set for the user, by the property's name.
    public Map<String, String> properties(String name) {
        Map<String, String> properties = new TreeMap<>();
        store.read(tx -> tx.query(
                        "SELECT property, value FROM user_properties WHERE user_name = ?",
                        row -> Map.entry(row.getString(1), row.getString(2)),
                        name))
                .forEach(one -> properties.put(one.getKey(), one.getValue()));
        return properties;
    }

    /// @param value empty to unset it
    public void set(String name, String property, Optional<String> value) {
        value.ifPresent(Users::publicKey);
        store.write(tx -> {
            tx.update("DELETE FROM user_properties WHERE user_name = ? AND property = ?", name, property);
            if (value.isPresent()) {
                tx.update("INSERT INTO user_properties VALUES (?, ?, ?)", name, property, value.get());
            }
            return true;
        });
    }

    public List<PublicKey> publicKeys(String name) {
        List<PublicKey> keys = new ArrayList<>();
        Map<String, String> properties = properties(name.toUpperCase(Locale.ROOT));
        for (String property : KEY_PROPERTIES) {
            Optional.ofNullable(properties.get(property)).map(Users::publicKey).ifPresent(keys::add);
        }
        return keys;
    }

    /// As DESC USER shows it.
    public static String fingerprint(String key) {
        return KeyFingerprint.of(publicKey(key));
    }

    /// The key's DER form in Base64, with or without PEM's first and last line.
    private static PublicKey publicKey(String text) {
        String base64 = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            PublicKey key = KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
            if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= SHORTEST_KEY_BITS) {
                return key;
            }
            throw SnowflakeError.INVALID_VALUE.with("New public key rejected: it has fewer than 2048 bits.");
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw SnowflakeError.INVALID_VALUE.with(
                    "New public key rejected by current policy. Reason: 'Invalid public key', which is to be the"
                            + " Base64 text of an RSA public key.",
                    e);
        }
    }
}
