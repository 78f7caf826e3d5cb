package dev.feedline.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.kernel.Account;
import dev.feedline.kernel.Bell;
import dev.feedline.kernel.EmbeddedClient;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Ids;
import dev.feedline.kernel.RealDisk;
import dev.feedline.testkit.iam.RoleContractSuite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.IamClient;

class EmbeddedRolesTest extends RoleContractSuite {
    @TempDir
    private Path folder;

    private EmbeddedIam iam;

    @BeforeEach
    void openIam() throws IOException {
        iam = open();
    }

    @AfterEach
    void close() {
        iam.close();
    }

    @Override
    protected IamClient client() {
        return EmbeddedClient.around(IamClient.class, iam);
    }

    @Test
    void aRoleIsThereAfterAStopWithoutClosing() throws Exception {
        client().createRole(create -> create.roleName("glue").assumeRolePolicyDocument("""
                {"Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": "*"}}"""));

        try (EmbeddedIam again = open()) {
            assertThat(EmbeddedClient.around(IamClient.class, again)
                            .getRole(get -> get.roleName("glue"))
                            .role()
                            .roleName())
                    .isEqualTo("glue");
        }
    }

    private EmbeddedIam open() throws IOException {
        return EmbeddedIam.open(
                folder,
                new Ground(
                        new RealDisk(failure -> {}),
                        InstantSource.system(),
                        Ids.secure(),
                        Account.LOCAL,
                        new Bell(),
                        failure -> {}));
    }
}
