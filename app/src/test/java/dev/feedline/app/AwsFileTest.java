package dev.feedline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.feeds.definition.StorageChoice;
import dev.feedline.kernel.Account;
import dev.feedline.kernel.Disk;
import dev.feedline.kernel.Ids;
import dev.feedline.kernel.RealDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsFileTest {
    private static final Account ACCOUNT = new Account("123456789012", "eu-central-1");
    private static final Disk DISK = new RealDisk(failure -> {});

    @TempDir
    private Path data;

    @Test
    void aFolderKeepsItsAccountRegionAndId() throws IOException {
        AwsFile made = AwsFile.readOrCreate(data, ACCOUNT, Ids.secure(), DISK);

        assertThat(AwsFile.readOrCreate(data, ACCOUNT, Ids.secure(), DISK)).isEqualTo(made);
        for (Account other :
                new Account[] {new Account("123456789012", "us-east-1"), new Account("210987654321", "eu-central-1")}) {
            assertThatThrownBy(() -> AwsFile.readOrCreate(data, other, Ids.secure(), DISK))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("has its buckets in account 123456789012, region eu-central-1, and the"
                            + " credentials and the region here are of " + other.id() + ", " + other.region());
        }
    }

    @Test
    void aFolderKeepsItsStorage() throws IOException {
        AwsFile.requireSame(StorageChoice.AWS, data);
        AwsFile.requireSame(StorageChoice.EMBEDDED, data);
        Files.createDirectory(data.resolve("s3"));
        assertThatThrownBy(() -> AwsFile.requireSame(StorageChoice.AWS, data))
                .hasMessageContaining("whose files are in Feedline's own S3");
        AwsFile.requireSame(StorageChoice.EMBEDDED, data);
        AwsFile.readOrCreate(data, ACCOUNT, Ids.secure(), DISK);
        assertThatThrownBy(() -> AwsFile.requireSame(StorageChoice.EMBEDDED, data))
                .hasMessageContaining("in AWS's S3 (account 123456789012, eu-central-1)");
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        Files.writeString(data.resolve("aws.json"), "{\"account\":\"1\"}");
        assertThatThrownBy(() -> AwsFile.requireSame(StorageChoice.AWS, data))
                .hasMessageContaining("aws.json is not as Feedline writes it");
    }
}
