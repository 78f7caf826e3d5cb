package dev.feedline.iam;

import dev.feedline.kernel.Arn;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.SdkJson;
import dev.feedline.kernel.Transaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.UpdateRoleRequest;

/// The roles that services' definitions name. They are kept as they were written; nothing here takes one on.
final class Roles {
    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
    private static final Constraint NAME = Constraint.name("roleName", 64);
    private static final Constraint DESCRIPTION = Constraint.length("description", 0, 1_000);
    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html
    private static final Constraint PATH_PREFIX = new Constraint(
            "pathPrefix",
            1,
            512,
            Pattern.compile("/[!-\\x7f]*"),
            "It must begin with / and contain only ASCII characters without spaces.");
    private static final Constraint PATH = new Constraint(
            "path",
            1,
            512,
            Pattern.compile("/|/[!-~]+/"),
            "It must begin and end with / and contain only alphanumeric characters and/or / characters.");
    private static final int SHORTEST_SESSION_SECONDS = 3_600;
    private static final int LONGEST_SESSION_SECONDS = 43_200;
    /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: roles per account.
    private static final long MOST = 1_000;

    private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final IamStore store;
    private final Ground ground;

    Roles(IamStore store, Ground ground) {
        this.store = store;
        this.ground = ground;
    }

    Role create(CreateRoleRequest request) {
        Constraint.requireOnly(
                request, "Path", "RoleName", "AssumeRolePolicyDocument", "Description", "MaxSessionDuration", "Tags");
        String name = NAME.checked(request.roleName());
        String path = request.path() == null ? "/" : PATH.checked(request.path());
        String trust = PolicyDocument.trust("assumeRolePolicyDocument", request.assumeRolePolicyDocument());
        Role role = Role.builder()
                .path(path)
                .roleName(name)
                .roleId("AROA" + ground.ids().text(17, BASE_32))
                .arn(new Arn("aws", "iam", "", ground.account().id(), "role" + path + name).toString())
                .createDate(ground.clock().instant())
                .assumeRolePolicyDocument(PolicyDocument.encoded(trust))
                .description(DESCRIPTION.optional(request.description()))
                .maxSessionDuration(session(request.maxSessionDuration()))
                .tags(RoleTags.with(List.of(), request.tags()))
                .build();
        return store.write(tx -> {
            // "Names are not distinguished by case" where they have to differ.
            if (tx.first("SELECT 1 FROM role WHERE name = ? COLLATE NOCASE", row -> true, name)
                    .isPresent()) {
                throw IamError.ENTITY_ALREADY_EXISTS.because("Role with name " + name + " already exists.");
            }
            if (tx.first("SELECT count(*) FROM role", row -> row.getLong(1)).orElse(0L) >= MOST) {
                throw IamError.LIMIT_EXCEEDED.because("Cannot exceed quota for RolesPerAccount: " + MOST);
            }
            tx.update("INSERT INTO role (name, path, body) VALUES (?, ?, ?)", name, path, SdkJson.write(role));
            return role;
        });
    }

    Role get(@Nullable String given) {
        String name = NAME.checked(given);
        return store.read(tx -> existing(tx, name));
    }

    /// The roles below a path, without their tags, as IAM lists them.
    ListRolesResponse list(ListRolesRequest request) {
        String prefix = request.pathPrefix() == null ? "/" : PATH_PREFIX.checked(request.pathPrefix());
        Page page = Page.of("ListRoles " + prefix, request.marker(), request.maxItems());
        List<Role> found = store.read(tx -> tx.query(
                "SELECT body FROM role WHERE name > ?1 AND substr(path, 1, length(?2)) = ?2 ORDER BY name LIMIT ?3",
                row -> SdkJson.read(row.getString(1), Role.builder()),
                page.after(),
                prefix,
                page.limit()));
        return ListRolesResponse.builder()
                .roles(page.entries(found).stream()
                        .map(role -> role.toBuilder().tags((List<Tag>) null).build())
                        .toList())
                .isTruncated(page.isTruncated(found))
                .marker(page.marker(found, Role::roleName))
                .build();
    }

    ListRoleTagsResponse tags(ListRoleTagsRequest request) {
        Role role = get(request.roleName());
        Page page = Page.of("ListRoleTags " + role.roleName(), request.marker(), request.maxItems());
        List<Tag> found = role.tags().stream()
                .filter(tag -> tag.key().compareTo(page.after()) > 0)
                .sorted(java.util.Comparator.comparing(Tag::key))
                .limit(page.limit())
                .toList();
        return ListRoleTagsResponse.builder()
                .tags(page.entries(found))
                .isTruncated(page.isTruncated(found))
                .marker(page.marker(found, Tag::key))
                .build();
    }

    /// What the request leaves out stays as it was.
    void update(UpdateRoleRequest request) {
        String description = DESCRIPTION.optional(request.description());
        Integer seconds = request.maxSessionDuration() == null ? null : session(request.maxSessionDuration());
        change(
                request.roleName(),
                role -> role.toBuilder()
                        .description(description == null ? role.description() : description)
                        .maxSessionDuration(seconds == null ? role.maxSessionDuration() : seconds)
                        .build());
    }

    Role describe(@Nullable String name, @Nullable String text) {
        String description = DESCRIPTION.checked(text);
        return change(name, role -> role.toBuilder().description(description).build());
    }

    void updateTrust(@Nullable String name, @Nullable String document) {
        String encoded = PolicyDocument.encoded(PolicyDocument.trust("policyDocument", document));
        change(name, role -> role.toBuilder().assumeRolePolicyDocument(encoded).build());
    }

    void tag(@Nullable String name, List<Tag> tags) {
        Constraint.requireSome("tags", tags);
        change(
                name,
                role -> role.toBuilder().tags(RoleTags.with(role.tags(), tags)).build());
    }

    void untag(@Nullable String name, List<String> keys) {
        Constraint.requireSome("tagKeys", keys);
        change(
                name,
                role -> role.toBuilder()
                        .tags(RoleTags.without(role.tags(), keys))
                        .build());
    }

    /// A role that has policies is not deleted.
    void delete(@Nullable String given) {
        String name = NAME.checked(given);
        store.write(tx -> {
            existing(tx, name);
            if (tx.first("SELECT 1 FROM attached_policy WHERE role = ?", row -> true, name)
                    .isPresent()) {
                throw IamError.DELETE_CONFLICT.because("Cannot delete entity, must detach all policies first.");
            }
            if (tx.first("SELECT 1 FROM inline_policy WHERE role = ?", row -> true, name)
                    .isPresent()) {
                throw IamError.DELETE_CONFLICT.because("Cannot delete entity, must delete policies first.");
            }
            return tx.update("DELETE FROM role WHERE name = ?", name);
        });
    }

    /// The name a request gives, when it may be one.
    static String checkedName(@Nullable String name) {
        return NAME.checked(name);
    }

    static Role existing(Transaction tx, String name) throws SQLException {
        Optional<Role> found = tx.first(
                "SELECT body FROM role WHERE name = ?", row -> SdkJson.read(row.getString(1), Role.builder()), name);
        return found.orElseThrow(
                () -> IamError.NO_SUCH_ENTITY.because("The role with name " + name + " cannot be found."));
    }

    private Role change(@Nullable String given, UnaryOperator<Role> change) {
        String name = NAME.checked(given);
        return store.write(tx -> {
            Role changed = change.apply(existing(tx, name));
            tx.update("UPDATE role SET body = ? WHERE name = ?", SdkJson.write(changed), name);
            return changed;
        });
    }

    private static int session(@Nullable Integer seconds) {
        return seconds == null
                ? SHORTEST_SESSION_SECONDS
                : Constraint.range("maxSessionDuration", seconds, SHORTEST_SESSION_SECONDS, LONGEST_SESSION_SECONDS);
    }
}
