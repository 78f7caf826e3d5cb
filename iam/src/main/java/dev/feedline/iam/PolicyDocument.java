package dev.feedline.iam;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A policy as its author wrote it: JSON with statements. Feedline keeps it and does not decide by it.
///
/// What a policy must hold is checked by its grammar alone: an action or a principal that does not exist is taken.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
final class PolicyDocument {
    /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: the trust policy of a role. White
    /// space is not counted.
    private static final int LONGEST_TRUST = 2_048;

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final Set<String> MEMBERS = Set.of("Version", "Id", "Statement");
    private static final Set<String> VERSIONS = Set.of("2012-10-17", "2008-10-17");
    private static final Set<String> STATEMENT = Set.of(
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition");

    private static final Set<String> PRINCIPALS = Set.of("AWS", "Federated", "Service", "CanonicalUser");

    private PolicyDocument() {}

    /// A role's trust policy, when it is one.
    static String trust(String member, @Nullable String document) {
        String given = ofAnyKind(member, document);
        for (JsonNode statement : statements(given)) {
            requireOne(statement, "Missing required field Principal", "Principal", "NotPrincipal");
            requireNone(statement, "Has prohibited field Resource", "Resource", "NotResource");
            for (JsonNode action : listed(statement.path("Action"))) {
                if (!action.asString().toLowerCase(Locale.ROOT).startsWith("sts:")) {
                    throw malformed("AssumeRole policy may only specify STS AssumeRole actions.");
                }
            }
        }
        if (letters(given) > LONGEST_TRUST) {
            throw IamError.LIMIT_EXCEEDED.because("Cannot exceed quota for ACLSizePerRole: " + LONGEST_TRUST);
        }
        return given;
    }

    /// A policy that says what its holder may do, when it is one.
    static String permissions(String member, @Nullable String document) {
        String given = ofAnyKind(member, document);
        for (JsonNode statement : statements(given)) {
            requireNone(statement, "Policy document should not specify a principal.", "Principal", "NotPrincipal");
            requireOne(statement, "Policy statement must contain resources.", "Resource", "NotResource");
        }
        return given;
    }

    /// Its length as quotas count it.
    static long letters(String document) {
        return document.codePoints()
                .filter(letter -> !Character.isWhitespace(letter))
                .count();
    }

    /// As IAM's answers carry it: "URL-encoded compliant with RFC 3986".
    static String encoded(String document) {
        return URLEncoder.encode(document, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String ofAnyKind(String member, @Nullable String document) {
        return Constraint.length(member, 1, 131_072).checked(document);
    }

    private static List<JsonNode> statements(String document) {
        JsonNode policy = json(document);
        requireKnown(policy, MEMBERS);
        if (policy.has("Version") && !VERSIONS.contains(policy.path("Version").asString(""))) {
            throw malformed("The policy must contain a valid version string");
        }
        List<JsonNode> statements = listed(policy.path("Statement"));
        if (statements.isEmpty()) {
            throw malformed("Syntax errors in policy.");
        }
        for (JsonNode statement : statements) {
            requireKnown(statement, STATEMENT);
            if (!Set.of("Allow", "Deny").contains(statement.path("Effect").asString(""))) {
                throw malformed("Syntax errors in policy.");
            }
            requireOne(statement, "Policy statement must contain actions.", "Action", "NotAction");
            requireTexts(statement, "Action", "NotAction");
            requireTexts(statement, "Resource", "NotResource");
            requireNotBoth(statement, "Principal", "NotPrincipal");
            requirePrincipals(statement.path("Principal"));
            requirePrincipals(statement.path("NotPrincipal"));
            requireCondition(statement.path("Condition"));
        }
        return statements;
    }

    private static JsonNode json(String document) {
        try {
            return MAPPER.readTree(document);
        } catch (JacksonException e) {
            throw IamError.MALFORMED_POLICY_DOCUMENT.because(
                    "This policy contains invalid Json: " + e.getOriginalMessage(), e);
        }
    }

    private static List<JsonNode> listed(JsonNode node) {
        return node.isMissingNode() ? List.of() : node.isArray() ? List.copyOf(node.values()) : List.of(node);
    }

    private static void requireKnown(JsonNode node, Set<String> members) {
        if (!node.isObject() || !members.containsAll(node.propertyNames())) {
            throw malformed("Syntax errors in policy.");
        }
    }

    private static void requireOne(JsonNode statement, String otherwise, String... members) {
        for (String member : members) {
            if (isSaid(statement.path(member))) {
                return;
            }
        }
        throw malformed(otherwise);
    }

    private static boolean isSaid(JsonNode value) {
        return !value.isMissingNode() && !value.isNull() && !(value.isContainer() && value.isEmpty());
    }

    /// Of two members at most one is there, and is a text or a list of some.
    private static void requireTexts(JsonNode statement, String member, String opposite) {
        requireNotBoth(statement, member, opposite);
        requireTexts(statement.path(member));
        requireTexts(statement.path(opposite));
    }

    private static void requireTexts(JsonNode oneOrMore) {
        for (JsonNode value : listed(oneOrMore)) {
            if (!value.isString()) {
                throw malformed("Syntax errors in policy.");
            }
        }
    }

    /// Everybody, or one or more texts by their kinds.
    private static void requirePrincipals(JsonNode principals) {
        if (principals.isObject()) {
            requireKnown(principals, PRINCIPALS);
            for (JsonNode ofKind : principals.values()) {
                requireTexts(ofKind);
                if (listed(ofKind).isEmpty()) {
                    throw malformed("Syntax errors in policy.");
                }
            }
        } else if (isSaid(principals) && !principals.asString("").equals("*")) {
            throw malformed("Syntax errors in policy.");
        }
    }

    /// Operators, each with keys, each with values.
    private static void requireCondition(JsonNode condition) {
        requireObject(condition);
        for (JsonNode operator : condition.values()) {
            requireObject(operator);
            for (JsonNode values : operator.values()) {
                if (listed(values).stream().anyMatch(value -> value.isContainer() || value.isNull())) {
                    throw malformed("Syntax errors in policy.");
                }
            }
        }
    }

    private static void requireObject(JsonNode node) {
        if (!node.isMissingNode() && !node.isObject()) {
            throw malformed("Syntax errors in policy.");
        }
    }

    private static void requireNotBoth(JsonNode statement, String member, String opposite) {
        if (statement.has(member) && statement.has(opposite)) {
            throw malformed("Syntax errors in policy.");
        }
    }

    private static void requireNone(JsonNode statement, String otherwise, String... members) {
        for (String member : members) {
            if (statement.has(member)) {
                throw malformed(otherwise);
            }
        }
    }

    private static RuntimeException malformed(String message) {
        return IamError.MALFORMED_POLICY_DOCUMENT.because(message);
    }
}
