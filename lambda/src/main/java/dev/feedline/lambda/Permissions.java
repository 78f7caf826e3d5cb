package dev.feedline.lambda;

import dev.feedline.kernel.Account;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Transaction;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.AddPermissionRequest;
import software.amazon.awssdk.services.lambda.model.GetPolicyRequest;
import software.amazon.awssdk.services.lambda.model.GetPolicyResponse;
import software.amazon.awssdk.services.lambda.model.RemovePermissionRequest;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Who may invoke a function: the statements of its resource-based policy.
final class Permissions {
    /// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    private static final int LARGEST_POLICY_BYTES = 20 * 1024;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final LambdaStore store;
    private final Ground ground;

    private record Statement(String json, String revision) {}

    Permissions(LambdaStore store, Ground ground) {
        this.store = store;
        this.ground = ground;
    }

    String add(AddPermissionRequest request) {
        Requests.requireOnly(
                Set.of(
                        "FunctionName",
                        "StatementId",
                        "Action",
                        "Principal",
                        "SourceArn",
                        "SourceAccount",
                        "EventSourceToken",
                        "Qualifier",
                        "RevisionId",
                        "PrincipalOrgID"),
                request);
        FunctionName name = FunctionName.parse(request.functionName(), request.qualifier(), account());
        requireForm("statementId", request.statementId(), "[a-zA-Z0-9-_]{1,100}");
        requireForm("action", request.action(), "lambda:[*]|lambda:[a-zA-Z]+|[*]");
        String statement = statement(request, name.arn(account()));
        store.write(tx -> {
            Function.existing(tx, name, account());
            List<Statement> statements = statements(tx, name);
            requireRevision(request.revisionId(), statements);
            if (exists(tx, name, request.statementId())) {
                throw LambdaError.RESOURCE_CONFLICT.because(
                        "The statement id (" + request.statementId()
                                + ") provided already exists. Please provide a new statement id, or remove the existing statement.");
            }
            tx.update(
                    "INSERT INTO permission (function, sid, statement, revision) VALUES (?, ?, ?, ?)",
                    name.name(),
                    request.statementId(),
                    statement,
                    ground.ids().uuid().toString());
            if (policy(statements(tx, name)).getBytes(StandardCharsets.UTF_8).length > LARGEST_POLICY_BYTES) {
                throw LambdaError.POLICY_LENGTH_EXCEEDED.because(
                        "The final policy size is bigger than the limit (" + LARGEST_POLICY_BYTES + ").");
            }
            return null;
        });
        return statement;
    }

    void remove(RemovePermissionRequest request) {
        FunctionName name = FunctionName.parse(request.functionName(), request.qualifier(), account());
        store.write(tx -> {
            Function.existing(tx, name, account());
            requireRevision(request.revisionId(), statements(tx, name));
            int removed = tx.update(
                    "DELETE FROM permission WHERE function = ? AND sid = ?", name.name(), request.statementId());
            if (removed == 0) {
                throw LambdaError.RESOURCE_NOT_FOUND.because(
                        "Statement " + request.statementId() + " is not found in resource policy.");
            }
            return null;
        });
    }

    GetPolicyResponse get(GetPolicyRequest request) {
        FunctionName name = FunctionName.parse(request.functionName(), request.qualifier(), account());
        List<Statement> statements = store.read(tx -> {
            Function.existing(tx, name, account());
            return statements(tx, name);
        });
        if (statements.isEmpty()) {
            throw LambdaError.RESOURCE_NOT_FOUND.because("The resource you requested does not exist.");
        }
        return GetPolicyResponse.builder()
                .policy(policy(statements))
                .revisionId(statements.getLast().revision())
                .build();
    }

    private Account account() {
        return ground.account();
    }

    private static boolean exists(Transaction tx, FunctionName name, String sid) throws SQLException {
        return tx.first("SELECT 1 FROM permission WHERE function = ? AND sid = ?", row -> true, name.name(), sid)
                .isPresent();
    }

    private static List<Statement> statements(Transaction tx, FunctionName name) throws SQLException {
        return tx.query(
                "SELECT statement, revision FROM permission WHERE function = ? ORDER BY number",
                row -> new Statement(row.getString(1), row.getString(2)),
                name.name());
    }

    private static void requireRevision(@Nullable String expected, List<Statement> statements) {
        String revision = statements.isEmpty() ? null : statements.getLast().revision();
        if (expected != null && !expected.equals(revision)) {
            throw LambdaError.PRECONDITION_FAILED.because("The RevisionId provided does not match the latest one");
        }
    }

    private static String policy(List<Statement> statements) {
        ObjectNode policy = JSON.createObjectNode();
        policy.put("Version", "2012-10-17");
        policy.put("Id", "default");
        ArrayNode all = policy.putArray("Statement");
        statements.forEach(one -> all.add(JSON.readTree(one.json())));
        return JSON.writeValueAsString(policy);
    }

    private static String statement(AddPermissionRequest request, String arn) {
        ObjectNode statement = JSON.createObjectNode();
        statement.put("Sid", request.statementId());
        statement.put("Effect", "Allow");
        principal(statement, request.principal());
        statement.put("Action", request.action());
        statement.put("Resource", arn);
        ObjectNode condition = JSON.createObjectNode();
        condition(condition, "StringEquals", "AWS:SourceAccount", request.sourceAccount());
        condition(condition, "StringEquals", "aws:PrincipalOrgID", request.principalOrgID());
        condition(condition, "StringEquals", "lambda:EventSourceToken", request.eventSourceToken());
        condition(condition, "ArnLike", "AWS:SourceArn", request.sourceArn());
        if (!condition.isEmpty()) {
            statement.set("Condition", condition);
        }
        return JSON.writeValueAsString(statement);
    }

    /// A service, everybody, an account (which stands for its root) or an ARN.
    private static void principal(ObjectNode statement, String principal) {
        if (principal.equals("*")) {
            statement.put("Principal", "*");
        } else if (principal.matches("\\d{12}")) {
            statement.putObject("Principal").put("AWS", "arn:aws:iam::" + principal + ":root");
        } else if (principal.startsWith("arn:")) {
            statement.putObject("Principal").put("AWS", principal);
        } else {
            statement.putObject("Principal").put("Service", principal);
        }
    }

    private static void condition(ObjectNode conditions, String operator, String key, @Nullable String value) {
        if (value != null) {
            conditions.withObjectProperty(operator).put(key, value);
        }
    }

    private static void requireForm(String member, String text, String form) {
        if (!text.matches(form)) {
            throw LambdaError.INVALID_PARAMETER_VALUE.because(
                    "Value '" + text + "' at '" + member + "' failed to satisfy constraint: " + form);
        }
    }
}
