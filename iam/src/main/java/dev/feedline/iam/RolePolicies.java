package dev.feedline.iam;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;

/// The policies of roles: those written into one, and those of AWS attached to one.
///
/// They are kept for the tools that manage them; Feedline decides by its keys alone.
final class RolePolicies {
    private static final Constraint NAME = Constraint.name("policyName", 128);
    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html
    private static final Constraint PATH_PREFIX = new Constraint(
            "pathPrefix",
            1,
            512,
            Pattern.compile("((/[A-Za-z0-9.,+@=_-]+)*)/"),
            "It must begin and end with / and contain only alphanumeric characters and/or the following: /.,+@=_-");
    private static final Constraint ARN = Constraint.length("policyArn", 20, 2_048);
    /// A policy of AWS's own: what stands behind the path is its name.
    private static final Pattern OF_AWS = Pattern.compile("arn:aws:iam::aws:policy(/(?:[!-.0-~]+/)*)([\\w+=,.@-]+)");
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    private static final long MOST_ATTACHED = 10;
    private static final long LONGEST_TOGETHER = 10_240;

    private final IamStore store;

    RolePolicies(IamStore store) {
        this.store = store;
    }

    void put(@Nullable String givenRole, @Nullable String givenName, @Nullable String document) {
        String role = Roles.checkedName(givenRole);
        String name = NAME.checked(givenName);
        String checked = PolicyDocument.permissions("policyDocument", document);
        store.write(tx -> {
            Roles.existing(tx, role);
            tx.update(
                    "INSERT OR REPLACE INTO inline_policy (role, name, document) VALUES (?, ?, ?)",
                    role,
                    name,
                    checked);
            List<String> all =
                    tx.query("SELECT document FROM inline_policy WHERE role = ?", row -> row.getString(1), role);
            if (all.stream().mapToLong(PolicyDocument::letters).sum() > LONGEST_TOGETHER) {
                throw IamError.LIMIT_EXCEEDED.because(
                        "Maximum policy size of " + LONGEST_TOGETHER + " bytes exceeded for role " + role);
            }
            return null;
        });
    }

    /// The document as it was written.
    String get(@Nullable String givenRole, @Nullable String givenName) {
        String role = Roles.checkedName(givenRole);
        String name = NAME.checked(givenName);
        return store.read(tx -> {
            Roles.existing(tx, role);
            return tx.first(
                            "SELECT document FROM inline_policy WHERE role = ? AND name = ?",
                            row -> row.getString(1),
                            role,
                            name)
                    .orElseThrow(() -> noSuchPolicy(name));
        });
    }

    ListRolePoliciesResponse list(ListRolePoliciesRequest request) {
        String role = Roles.checkedName(request.roleName());
        Page page = Page.of("ListRolePolicies " + role, request.marker(), request.maxItems());
        List<String> found = store.read(tx -> {
            Roles.existing(tx, role);
            return tx.query(
                    "SELECT name FROM inline_policy WHERE role = ? AND name > ? ORDER BY name LIMIT ?",
                    row -> row.getString(1),
                    role,
                    page.after(),
                    page.limit());
        });
        return ListRolePoliciesResponse.builder()
                .policyNames(page.entries(found))
                .isTruncated(page.isTruncated(found))
                .marker(page.marker(found, name -> name))
                .build();
    }

    void delete(@Nullable String givenRole, @Nullable String givenName) {
        String role = Roles.checkedName(givenRole);
        String name = NAME.checked(givenName);
        store.write(tx -> {
            Roles.existing(tx, role);
            if (tx.update("DELETE FROM inline_policy WHERE role = ? AND name = ?", role, name) == 0) {
                throw noSuchPolicy(name);
            }
            return null;
        });
    }

    /// Takes any policy of AWS's own by its ARN; policies of the account's own cannot be made here.
    void attach(@Nullable String givenRole, @Nullable String givenArn) {
        String role = Roles.checkedName(givenRole);
        String arn = ARN.checked(givenArn);
        if (!arn.startsWith("arn:")) {
            throw IamError.INVALID_INPUT.because("ARN " + arn + " is not valid.");
        }
        if (!OF_AWS.matcher(arn).matches()) {
            throw IamError.NO_SUCH_ENTITY.because("Policy " + arn
                    + " does not exist or is not attachable. Feedline has only those of AWS,"
                    + " arn:aws:iam::aws:policy/NAME");
        }
        store.write(tx -> {
            Roles.existing(tx, role);
            tx.update("INSERT OR IGNORE INTO attached_policy (role, arn) VALUES (?, ?)", role, arn);
            long attached = tx.first("SELECT count(*) FROM attached_policy WHERE role = ?", row -> row.getLong(1), role)
                    .orElse(0L);
            if (attached > MOST_ATTACHED) {
                throw IamError.LIMIT_EXCEEDED.because("Cannot exceed quota for PoliciesPerRole: " + MOST_ATTACHED);
            }
            return null;
        });
    }

    ListAttachedRolePoliciesResponse attached(ListAttachedRolePoliciesRequest request) {
        String role = Roles.checkedName(request.roleName());
        String prefix = request.pathPrefix() == null ? "/" : PATH_PREFIX.checked(request.pathPrefix());
        Page page = Page.of("ListAttachedRolePolicies " + role + " " + prefix, request.marker(), request.maxItems());
        List<String> arns = store.read(tx -> {
            Roles.existing(tx, role); // at most ten are attached
            return tx.query(
                    "SELECT arn FROM attached_policy WHERE role = ? AND arn > ? ORDER BY arn",
                    row -> row.getString(1),
                    role,
                    page.after());
        });
        List<AttachedPolicy> found = arns.stream()
                .filter(arn -> path(arn).startsWith(prefix))
                .limit(page.limit())
                .map(arn -> AttachedPolicy.builder()
                        .policyArn(arn)
                        .policyName(arn.substring(arn.lastIndexOf('/') + 1))
                        .build())
                .toList();
        return ListAttachedRolePoliciesResponse.builder()
                .attachedPolicies(page.entries(found))
                .isTruncated(page.isTruncated(found))
                .marker(page.marker(found, AttachedPolicy::policyArn))
                .build();
    }

    void detach(@Nullable String givenRole, @Nullable String givenArn) {
        String role = Roles.checkedName(givenRole);
        String arn = ARN.checked(givenArn);
        store.write(tx -> {
            Roles.existing(tx, role);
            if (tx.update("DELETE FROM attached_policy WHERE role = ? AND arn = ?", role, arn) == 0) {
                throw IamError.NO_SUCH_ENTITY.because("Policy " + arn + " was not found.");
            }
            return null;
        });
    }

    private static String path(String arn) {
        return arn.substring(arn.indexOf('/'), arn.lastIndexOf('/') + 1);
    }

    private static RuntimeException noSuchPolicy(String name) {
        return IamError.NO_SUCH_ENTITY.because("The role policy with name " + name + " cannot be found.");
    }
}
