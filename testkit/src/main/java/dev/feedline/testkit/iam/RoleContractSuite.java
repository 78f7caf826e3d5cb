package dev.feedline.testkit.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.InvalidInputException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/// What IAM's roles and their policies owe their callers: https://docs.aws.amazon.com/IAM/latest/APIReference/
///
/// Each test begins without roles.
public abstract class RoleContractSuite {
    private static final String TRUST = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
              "Principal": {"Service": "glue.amazonaws.com"}}]}""";
    private static final String READING = """
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["s3:GetObject"],
              "Resource": "arn:aws:s3:::lake/*"}}""";
    private static final String GLUE = "arn:aws:iam::aws:policy/service-role/AWSGlueServiceRole";
    private static final String S3 = "arn:aws:iam::aws:policy/AmazonS3FullAccess";

    protected abstract IamClient client();

    @Test
    void aRoleComesBackAsItWasCreated() {
        Role created = create(
                "glue",
                role -> role.path("/jobs/")
                        .description("runs jobs")
                        .tags(tag("team", "data"), tag("cost centre", "7")));

        Role role = client().getRole(get -> get.roleName("glue")).role();

        assertThat(role).isEqualTo(created);
        assertThat(role.arn()).isEqualTo("arn:aws:iam::000000000000:role/jobs/glue");
        assertThat(role.path()).isEqualTo("/jobs/");
        assertThat(role.roleId()).matches("AROA[A-Z2-7]{17}");
        assertThat(role.description()).isEqualTo("runs jobs");
        assertThat(role.maxSessionDuration()).isEqualTo(3_600);
        assertThat(role.createDate()).isNotNull();
        assertThat(role.assumeRolePolicyDocument()).doesNotContain(" ", "{", "\n");
        assertThat(decoded(role.assumeRolePolicyDocument())).isEqualTo(TRUST);
        assertThat(role.tags()).containsExactly(tag("cost centre", "7"), tag("team", "data"));
    }

    @Test
    void namesDifferInMoreThanCase() {
        create("Glue", role -> {});

        assertThatThrownBy(() -> create("glue", role -> {}))
                .isInstanceOf(EntityAlreadyExistsException.class)
                .hasMessageContaining("Role with name glue already exists.");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> client().getRole(get -> get.roleName("none")))
                .isInstanceOf(NoSuchEntityException.class)
                .hasMessageContaining("The role with name none cannot be found.");
        assertThatThrownBy(() -> client().deleteRole(delete -> delete.roleName("none")))
                .isInstanceOf(NoSuchEntityException.class);
        assertThatThrownBy(() -> client().listRolePolicies(list -> list.roleName("none")))
                .isInstanceOf(NoSuchEntityException.class);
        create("glue", role -> {});
        assertThatThrownBy(
                        () -> client().getRolePolicy(get -> get.roleName("glue").policyName("none")))
                .isInstanceOf(NoSuchEntityException.class)
                .hasMessageContaining("The role policy with name none cannot be found.");
        assertThatThrownBy(() ->
                        client().detachRolePolicy(get -> get.roleName("glue").policyArn(S3)))
                .isInstanceOf(NoSuchEntityException.class)
                .hasMessageContaining("Policy " + S3 + " was not found.");
    }

    @Test
    void aRoleIsChangedInPart() {
        create("glue", role -> role.description("old"));

        client().updateRole(update -> update.roleName("glue").maxSessionDuration(7_200));
        client().updateAssumeRolePolicy(update ->
                update.roleName("glue").policyDocument(TRUST.replace("glue.amazonaws", "lambda.amazonaws")));

        Role role = client().getRole(get -> get.roleName("glue")).role();
        assertThat(role.description()).isEqualTo("old");
        assertThat(role.maxSessionDuration()).isEqualTo(7_200);
        assertThat(decoded(role.assumeRolePolicyDocument())).contains("lambda.amazonaws.com");
        assertThat(client().updateRoleDescription(
                                update -> update.roleName("glue").description("newer"))
                        .role()
                        .description())
                .isEqualTo("newer");
        client().updateRole(update -> update.roleName("glue").description("new"));
        assertThat(client().getRole(get -> get.roleName("glue")).role())
                .isEqualTo(role.toBuilder().description("new").build());
    }

    @Test
    void tagsAreAddedReplacedAndTakenAway() {
        create("glue", role -> role.tags(tag("team", "data")));

        client().tagRole(tag -> tag.roleName("glue").tags(tag("Team", "lake"), tag("stage", "test")));
        assertThat(client().listRoleTags(list -> list.roleName("glue")).tags())
                .containsExactly(tag("Team", "lake"), tag("stage", "test"));
        client().untagRole(untag -> untag.roleName("glue").tagKeys("stage", "none"));

        assertThat(client().listRoleTags(list -> list.roleName("glue")).tags()).containsExactly(tag("Team", "lake"));
        assertThatThrownBy(() -> client().tagRole(tag -> tag.roleName("glue").tags(tag("a", "1"), tag("A", "2"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Duplicate tag keys");
        assertThatThrownBy(() -> client().tagRole(tag -> tag.roleName("glue")
                        .tags(IntStream.range(0, 50)
                                .mapToObj(i -> tag("k" + i, "v"))
                                .toList())))
                .isInstanceOf(LimitExceededException.class);
    }

    @Test
    void rolesAreListedInPagesByPathAndWithoutTags() {
        for (String name : List.of("c", "a", "b")) {
            create(name, role -> role.path("/jobs/").tags(tag("team", "data")));
        }
        create("other", role -> {});

        var first = client().listRoles(list -> list.pathPrefix("/jobs/").maxItems(2));
        var second =
                client().listRoles(list -> list.pathPrefix("/jobs/").maxItems(2).marker(first.marker()));

        assertThat(first.isTruncated()).isTrue();
        assertThat(first.roles()).extracting(Role::roleName).containsExactly("a", "b");
        assertThat(second.isTruncated()).isFalse();
        assertThat(second.marker()).isNull();
        assertThat(second.roles()).extracting(Role::roleName).containsExactly("c");
        assertThat(second.roles().getFirst().tags()).isEmpty();
        assertThat(client().listRolesPaginator(list -> list.maxItems(1)).roles())
                .extracting(Role::roleName)
                .containsExactly("a", "b", "c", "other");
        refused("ValidationError", () -> client().listRoles(list -> list.marker(first.marker())));
        refused("ValidationError", () -> client().listRoles(list -> list.marker("%")));
        refused("ValidationError", () -> client().listRoles(list -> list.maxItems(0)));
        refused("ValidationError", () -> client().listRoles(list -> list.maxItems(1_001)));
    }

    @Test
    void aPolicyOfARoleIsKeptAsItWasWritten() {
        create("glue", role -> {});
        for (String name : List.of("write", "read")) {
            client().putRolePolicy(put -> put.roleName("glue").policyName(name).policyDocument(READING));
        }

        var policy = client().getRolePolicy(get -> get.roleName("glue").policyName("read"));

        assertThat(decoded(policy.policyDocument())).isEqualTo(READING);
        assertThat(policy.roleName()).isEqualTo("glue");
        assertThat(policy.policyName()).isEqualTo("read");
        assertThat(client().listRolePoliciesPaginator(
                                list -> list.roleName("glue").maxItems(1))
                        .policyNames())
                .containsExactly("read", "write");
        client().deleteRolePolicy(delete -> delete.roleName("glue").policyName("read"));
        assertThat(client().listRolePolicies(list -> list.roleName("glue")).policyNames())
                .containsExactly("write");
    }

    @Test
    void aPolicyOfAwsIsAttachedAndDetached() {
        create("glue", role -> {});
        client().attachRolePolicy(attach -> attach.roleName("glue").policyArn(GLUE));
        client().attachRolePolicy(attach -> attach.roleName("glue").policyArn(S3));
        client().attachRolePolicy(attach -> attach.roleName("glue").policyArn(S3)); // once more is no error

        assertThat(client().listAttachedRolePoliciesPaginator(
                                list -> list.roleName("glue").maxItems(1))
                        .attachedPolicies())
                .extracting(AttachedPolicy::policyName)
                .containsExactly("AmazonS3FullAccess", "AWSGlueServiceRole");
        assertThat(client().listAttachedRolePolicies(
                                list -> list.roleName("glue").pathPrefix("/service-role/"))
                        .attachedPolicies())
                .extracting(AttachedPolicy::policyArn)
                .containsExactly(GLUE);
        client().detachRolePolicy(detach -> detach.roleName("glue").policyArn(GLUE));
        assertThat(client().listAttachedRolePolicies(list -> list.roleName("glue"))
                        .attachedPolicies())
                .extracting(AttachedPolicy::policyArn)
                .containsExactly(S3);
        assertThatThrownBy(() -> client().attachRolePolicy(
                                attach -> attach.roleName("glue").policyArn("arn:aws:iam::000000000000:policy/mine")))
                .isInstanceOf(NoSuchEntityException.class)
                .hasMessageContaining("does not exist or is not attachable");
        assertThatThrownBy(() -> client().attachRolePolicy(
                                attach -> attach.roleName("glue").policyArn("AmazonS3FullAccess-and-more")))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void aRoleHasAtMostTenAttachedPolicies() {
        create("glue", role -> {});
        for (int i = 0; i < 10; i++) {
            String arn = S3 + i;
            client().attachRolePolicy(attach -> attach.roleName("glue").policyArn(arn));
        }

        assertThatThrownBy(() -> client().attachRolePolicy(
                                attach -> attach.roleName("glue").policyArn(S3)))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("Cannot exceed quota for PoliciesPerRole: 10");
        assertThat(client().listAttachedRolePolicies(list -> list.roleName("glue"))
                        .attachedPolicies())
                .hasSize(10);
    }

    @Test
    void aRoleWithPoliciesIsNotDeleted() {
        create("glue", role -> {});
        client().attachRolePolicy(attach -> attach.roleName("glue").policyArn(S3));
        client().putRolePolicy(put -> put.roleName("glue").policyName("read").policyDocument(READING));

        assertThatThrownBy(() -> client().deleteRole(delete -> delete.roleName("glue")))
                .isInstanceOf(DeleteConflictException.class)
                .hasMessageContaining("must detach all policies first");
        client().detachRolePolicy(detach -> detach.roleName("glue").policyArn(S3));
        assertThatThrownBy(() -> client().deleteRole(delete -> delete.roleName("glue")))
                .isInstanceOf(DeleteConflictException.class)
                .hasMessageContaining("must delete policies first");
        client().deleteRolePolicy(delete -> delete.roleName("glue").policyName("read"));
        client().deleteRole(delete -> delete.roleName("glue"));

        assertThatThrownBy(() -> client().getRole(get -> get.roleName("glue")))
                .isInstanceOf(NoSuchEntityException.class);
    }

    @Test
    void noRoleIsInAnInstanceProfile() {
        create("glue", role -> {});

        var answer = client().listInstanceProfilesForRole(list -> list.roleName("glue"));

        assertThat(answer.instanceProfiles()).isEmpty();
        assertThat(answer.isTruncated()).isFalse();
    }

    @Test
    void aPolicyThatIsNoneIsRefused() {
        malformed("invalid Json", () -> create("r", role -> role.assumeRolePolicyDocument("{")));
        malformed("Syntax errors", () -> create("r", role -> role.assumeRolePolicyDocument("{}")));
        malformed(
                "Missing required field Principal",
                () -> create("r", role -> role.assumeRolePolicyDocument(READING.replace("Resource", "Sid"))));
        malformed(
                "Missing required field Principal", () -> create("r", role -> role.assumeRolePolicyDocument(READING)));
        for (String principal : List.of("{\"Servce\": \"glue.amazonaws.com\"}", "{\"AWS\": []}")) {
            malformed(
                    "Syntax errors",
                    () -> create(
                            "r",
                            role -> role.assumeRolePolicyDocument(
                                    TRUST.replace("{\"Service\": \"glue.amazonaws.com\"}", principal))));
        }
        malformed(
                "only specify STS",
                () -> create("r", role -> role.assumeRolePolicyDocument(TRUST.replace("sts:", "s3:"))));
        malformed(
                "version",
                () -> create("r", role -> role.assumeRolePolicyDocument(TRUST.replace("2012-10-17", "2026-11-27"))));
        create("glue", role -> {});
        malformed("should not specify a principal", () -> put(TRUST));
        malformed("must contain resources", () -> put(READING.replace("\"Resource\"", "\"Sid\"")));
        malformed("must contain actions", () -> put(READING.replace("[\"s3:GetObject\"]", "[]")));
        malformed("Syntax errors", () -> put(READING.replace("Allow", "Perhaps")));
        malformed("Syntax errors", () -> put(READING.replace("Effect", "Result")));
    }

    @Test
    void actionsAndResourcesAreTexts() {
        create("glue", role -> {});
        for (String none :
                List.of("7", "true", "{\"a\": \"b\"}", "[\"sts:AssumeRole\", 7]", "[[\"sts:AssumeRole\"]]")) {
            String trust = TRUST.replace("\"sts:AssumeRole\"", none);
            malformed("Syntax errors", () -> create("r", role -> role.assumeRolePolicyDocument(trust)));
            malformed("Syntax errors", () -> put(READING.replace("[\"s3:GetObject\"]", none)));
            malformed(
                    "Syntax errors",
                    () -> put(READING.replace("\"Action\": [\"s3:GetObject\"]", "\"NotAction\": " + none)));
            malformed("Syntax errors", () -> put(READING.replace("\"arn:aws:s3:::lake/*\"", none)));
            malformed(
                    "Syntax errors",
                    () -> put(READING.replace("\"Resource\": \"arn:aws:s3:::lake/*\"", "\"NotResource\": " + none)));
        }
    }

    @Test
    void principalsAreByKindAndConditionsByOperator() {
        for (String none : List.of("7", "\"arn:aws:iam::000000000000:root\"", "[\"*\"]", "{\"AWS\": 7}")) {
            malformed(
                    "Syntax errors",
                    () -> create(
                            "r",
                            role -> role.assumeRolePolicyDocument(
                                    TRUST.replace("{\"Service\": \"glue.amazonaws.com\"}", none))));
        }
        for (String none : List.of("7", "[]", "{\"Bool\": \"x\"}", "{\"Bool\": {\"aws:x\": {}}}")) {
            malformed(
                    "Syntax errors",
                    () -> create(
                            "r",
                            role -> role.assumeRolePolicyDocument(
                                    TRUST.replace("\"Effect\"", "\"Condition\": " + none + ", \"Effect\""))));
        }
        String everybody = TRUST.replace("{\"Service\": \"glue.amazonaws.com\"}", "\"*\"")
                .replace("\"Effect\"", "\"Condition\": {\"Bool\": {\"aws:SecureTransport\": true}}, \"Effect\"");
        create("glue", role -> role.assumeRolePolicyDocument(everybody));
    }

    @Test
    void aStatementSaysOneOfTwoOpposites() {
        create("glue", role -> {});
        malformed("Syntax errors", () -> put(READING.replace("\"Effect\"", "\"NotAction\": \"s3:*\", \"Effect\"")));
        malformed("Syntax errors", () -> put(READING.replace("\"Effect\"", "\"NotResource\": \"*\", \"Effect\"")));
        malformed(
                "Syntax errors",
                () -> create(
                        "r",
                        role -> role.assumeRolePolicyDocument(
                                TRUST.replace("\"Effect\"", "\"NotPrincipal\": \"*\", \"Effect\""))));
    }

    @Test
    void policiesOverTheirQuotasAreRefused() {
        String long2k = TRUST.replace("glue.amazonaws.com", "a".repeat(2_048));
        assertThatThrownBy(() -> create("r", role -> role.assumeRolePolicyDocument(long2k)))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("Cannot exceed quota for ACLSizePerRole: 2048");
        create("glue", role -> role.assumeRolePolicyDocument(TRUST + " ".repeat(3_000))); // spaces are not counted
        put(READING.replace("lake", "a".repeat(9_000)));
        assertThatThrownBy(() -> client().putRolePolicy(put -> put.roleName("glue")
                        .policyName("other")
                        .policyDocument(READING.replace("lake", "a".repeat(2_000)))))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("10240");
        assertThat(client().listRolePolicies(list -> list.roleName("glue")).policyNames())
                .containsExactly("read");
    }

    @Test
    void membersKeepToTheirConstraints() {
        refused("ValidationError", () -> create("a b", role -> {}));
        refused("ValidationError", () -> create("a".repeat(65), role -> {}));
        refused("ValidationError", () -> create("r", role -> role.path("jobs")));
        refused("ValidationError", () -> create("r", role -> role.maxSessionDuration(3_599)));
        refused("ValidationError", () -> create("r", role -> role.maxSessionDuration(43_201)));
        refused("ValidationError", () -> create("r", role -> role.description("a".repeat(1_001))));
        refused("ValidationError", () -> create("r", role -> role.assumeRolePolicyDocument(null)));
        refused("ValidationError", () -> create("r", role -> role.tags(tag("a".repeat(129), "v"))));
        refused("ValidationError", () -> create("r", role -> role.tags(tag("k", "a".repeat(257)))));
        refused("ValidationError", () -> client().getRole(get -> {}));
        refused("ValidationError", () -> client().tagRole(tag -> tag.roleName("r")));
        refused("ValidationError", () -> client().untagRole(untag -> untag.roleName("r")));
        refused("ValidationError", () -> client().listRoles(list -> list.pathPrefix("jobs/")));
        refused("ValidationError", () -> client().listRoles(list -> list.pathPrefix("/" + "a".repeat(512))));
        refused(
                "ValidationError",
                () -> client().listAttachedRolePolicies(
                                list -> list.roleName("r").pathPrefix("/a b/")));
        refused(
                "ValidationError",
                () -> client().listAttachedRolePolicies(
                                list -> list.roleName("r").pathPrefix("/ends")));
        refused(
                "ValidationError",
                () -> client().attachRolePolicy(attach -> attach.roleName("r").policyArn("short")));
    }

    @Test
    void whatWouldHaveNoEffectIsRefused() {
        assertThatThrownBy(() -> create("r", role -> role.permissionsBoundary(S3)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("PermissionsBoundary");
    }

    private Role create(String name, Consumer<CreateRoleRequest.Builder> more) {
        return client().createRole(create -> {
                    create.roleName(name).assumeRolePolicyDocument(TRUST);
                    more.accept(create);
                })
                .role();
    }

    private void put(String document) {
        client().putRolePolicy(put -> put.roleName("glue").policyName("read").policyDocument(document));
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static String decoded(String document) {
        return URLDecoder.decode(document, StandardCharsets.UTF_8);
    }

    private static void malformed(String why, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(MalformedPolicyDocumentException.class)
                .hasMessageContaining(why);
    }

    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(IamException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.statusCode()).isEqualTo(400);
        });
    }
}
