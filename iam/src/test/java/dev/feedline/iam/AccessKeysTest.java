package dev.feedline.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.kernel.Account;
import dev.feedline.kernel.Ids;
import dev.feedline.kernel.KeyRing;
import dev.feedline.kernel.RealDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessKeysTest {
    @TempDir
    Path folder;

    Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("keys");
    }

    @Test
    void theFirstStartMakesAKeyThatLooksLikeAwss() throws IOException {
        KeyRing.Key key = open().root();

        assertThat(key.accessKeyId()).matches("AKIA[A-Z2-7]{16}");
        assertThat(key.secret()).matches("[A-Za-z0-9+/]{40}");
        assertThat(key.principal()).hasToString("arn:aws:iam::000000000000:root");
    }

    @Test
    void theNextStartFindsTheSameKey() throws IOException {
        KeyRing.Key first = open().root();

        assertThat(open().root()).isEqualTo(first);
    }

    @Test
    void twoFoldersNeverShareAKey() throws IOException {
        KeyRing.Key first = open().root();
        file = folder.resolve("others");

        assertThat(open().root().secret()).isNotEqualTo(first.secret());
    }

    @Test
    void onlyTheOwnerCanReadTheFile() throws IOException {
        open();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void theFileIsACredentialsFileOfTheAwsTools() throws IOException {
        KeyRing.Key key = open().root();

        assertThat(file)
                .hasContent("[default]\naws_access_key_id = " + key.accessKeyId() + "\naws_secret_access_key = "
                        + key.secret() + "\n");
    }

    @Test
    void aFileThatOthersCanReadIsRefusedWithTheCure() throws IOException {
        open();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("chmod 600");
    }

    @Test
    void aDamagedFileIsRefusedWithTheCure() throws IOException {
        open();
        Files.writeString(file, "[default]\naws_access_key_id = AKIA\n");

        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("no credentials file");
    }

    @Test
    void onlyTheIdThatExistsIsFound() throws IOException {
        AccessKeys keys = open();

        assertThat(keys.find(keys.root().accessKeyId())).contains(keys.root());
        assertThat(keys.find("AKIAIOSFODNN7EXAMPLE")).isEmpty();
    }

    @Test
    void aKeyDoesNotPrintItsSecret() throws IOException {
        KeyRing.Key key = open().root();

        assertThat(key.toString()).doesNotContain(key.secret());
    }

    private AccessKeys open() throws IOException {
        return AccessKeys.open(file, new RealDisk(failure -> {}), Ids.secure(), Account.LOCAL);
    }
}
