package dev.feedline.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.feedline.iam.AccessKeys;
import dev.feedline.kernel.Disk;
import dev.feedline.kernel.Ids;
import dev.feedline.kernel.RealDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The keys of a data folder: one AWS key pair, generated at the first start into `DIR/keys`, and one Snowflake user
/// whose password is derived from its secret, so that there is one secret to keep and to change.
public final class Keys {
    private static final String FILE = "keys";
    private static final String SNOWFLAKE_USER = "FEEDLINE";

    private final AccessKeys ring;
    private final String snowflakePassword;

    private Keys(AccessKeys ring) {
        this.ring = ring;
        this.snowflakePassword = derived(ring.root().secret());
    }

    /// @throws IOException when the folder has no keys, or others than its owner may read them
    public static Keys read(Path data) throws IOException {
        if (!Files.exists(data.resolve(FILE))) {
            throw new IOException("The data folder " + data + " has no keys; `feedline up` makes them.");
        }
        return readOrCreate(data, new RealDisk(failure -> {}));
    }

    static Keys readOrCreate(Path data, Disk disk) throws IOException {
        return new Keys(AccessKeys.open(data.resolve(FILE), disk, Ids.secure(), Feedline.ACCOUNT));
    }

    AccessKeys ring() {
        return ring;
    }

    public String accessKeyId() {
        return ring.root().accessKeyId();
    }

    public String secretAccessKey() {
        return ring.root().secret();
    }

    public String snowflakeUser() {
        return SNOWFLAKE_USER;
    }

    public String snowflakePassword() {
        return snowflakePassword;
    }

    /// Compares in constant time.
    boolean isSnowflakeLogin(String user, String password) {
        return SNOWFLAKE_USER.equalsIgnoreCase(user)
                && MessageDigest.isEqual(snowflakePassword.getBytes(UTF_8), password.getBytes(UTF_8));
    }

    /// Never the secrets.
    @Override
    public String toString() {
        return "Keys[" + accessKeyId() + "]";
    }

    private static String derived(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal("feedline snowflake password".getBytes(UTF_8)), 0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
