package dev.feedline.iam;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.feedline.kernel.Account;
import dev.feedline.kernel.Arn;
import dev.feedline.kernel.Disk;
import dev.feedline.kernel.Ids;
import dev.feedline.kernel.KeyRing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/// The account's root key pair, generated at the first start and kept in a file that only its owner can read.
///
/// The file is a credentials file as the AWS tools read it: `AWS_SHARED_CREDENTIALS_FILE=DIR/keys aws s3 ls` works.
public final class AccessKeys implements KeyRing {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String BASE_64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private final Key root;

    private AccessKeys(Key root) {
        this.root = root;
    }

    /// Reads the key pair, or makes one and writes it durably.
    ///
    /// @param file its folder exists already
    /// @throws IOException when the file is no credentials file, or others can read it
    public static AccessKeys open(Path file, Disk disk, Ids ids, Account account) throws IOException {
        Arn principal = new Arn("aws", "iam", "", account.id(), "root");
        if (disk.exists(file)) {
            requireOwnerOnly(file);
            return new AccessKeys(CredentialsFile.parse(file, Files.readString(file, ISO_8859_1), principal));
        }
        Key fresh = new Key("AKIA" + ids.text(16, BASE_32), ids.text(40, BASE_64), principal);
        write(file, disk, CredentialsFile.text(fresh));
        return new AccessKeys(fresh);
    }

    /// The key pair that may do everything.
    public Key root() {
        return root;
    }

    @Override
    public Optional<Key> find(String accessKeyId) {
        return root.accessKeyId().equals(accessKeyId) ? Optional.of(root) : Optional.empty();
    }

    private static void write(Path file, Disk disk, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        disk.delete(fresh);
        try (Disk.DiskFile out = disk.create(fresh)) {
            Files.setPosixFilePermissions(fresh, OWNER_ONLY); // before the secret is in it
            out.append(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            out.force();
        }
        disk.rename(fresh, file);
    }

    private static void requireOwnerOnly(Path file) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (!OWNER_ONLY.containsAll(permissions)) {
            throw new IOException("The key file " + file + " can be read or changed by others ("
                    + PosixFilePermissions.toString(permissions) + "). Make it yours alone: chmod 600 " + file);
        }
    }
}
