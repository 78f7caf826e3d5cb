package dev.feedline.lambda;

import dev.feedline.kernel.Ground;
import dev.feedline.kernel.SdkJson;
import dev.feedline.kernel.Transaction;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.lambda.model.DestinationConfig;
import software.amazon.awssdk.services.lambda.model.FunctionEventInvokeConfig;
import software.amazon.awssdk.services.lambda.model.PutFunctionEventInvokeConfigRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionEventInvokeConfigRequest;

/// How a function's asynchronous events are retried, how old they may get, and where the lost ones go.
final class EventInvokeConfigs {
    private static final int MOST_RETRIES = 2;
    private static final int SHORTEST_AGE_SECONDS = 60;
    private static final int LONGEST_AGE_SECONDS = 21_600;

    private static final Set<String> HONOURED = Set.of(
            "FunctionName", "Qualifier", "MaximumRetryAttempts", "MaximumEventAgeInSeconds", "DestinationConfig");

    private final LambdaStore store;
    private final Ground ground;

    EventInvokeConfigs(LambdaStore store, Ground ground) {
        this.store = store;
        this.ground = ground;
    }

    FunctionEventInvokeConfig put(PutFunctionEventInvokeConfigRequest request) {
        Requests.requireOnly(HONOURED, request);
        FunctionName name = name(request.functionName(), request.qualifier());
        return keep(name, FunctionEventInvokeConfig.builder().build(), request);
    }

    FunctionEventInvokeConfig update(UpdateFunctionEventInvokeConfigRequest request) {
        Requests.requireOnly(HONOURED, request);
        FunctionName name = name(request.functionName(), request.qualifier());
        return keep(name, get(request.functionName(), request.qualifier()), request);
    }

    FunctionEventInvokeConfig get(String function, @Nullable String qualifier) {
        FunctionName name = name(function, qualifier);
        return store.read(tx -> {
            Function.existing(tx, name, ground.account());
            return find(tx, name.name()).orElseThrow(() -> missing(name));
        });
    }

    void delete(String function, @Nullable String qualifier) {
        FunctionName name = name(function, qualifier);
        store.write(tx -> {
            Function.existing(tx, name, ground.account());
            if (tx.update("DELETE FROM invoke_config WHERE function = ?", name.name()) == 0) {
                throw missing(name);
            }
            return null;
        });
    }

    static Optional<FunctionEventInvokeConfig> find(Transaction tx, String function) throws SQLException {
        return tx.first(
                "SELECT body FROM invoke_config WHERE function = ?",
                row -> SdkJson.read(row.getString(1), FunctionEventInvokeConfig.builder()),
                function);
    }

    private FunctionEventInvokeConfig keep(FunctionName name, FunctionEventInvokeConfig old, SdkPojo request) {
        FunctionEventInvokeConfig asked = SdkJson.read(SdkJson.write(request), FunctionEventInvokeConfig.builder());
        check(asked);
        FunctionEventInvokeConfig config = old.toBuilder()
                .maximumRetryAttempts(or(asked.maximumRetryAttempts(), old.maximumRetryAttempts()))
                .maximumEventAgeInSeconds(or(asked.maximumEventAgeInSeconds(), old.maximumEventAgeInSeconds()))
                .destinationConfig(or(asked.destinationConfig(), old.destinationConfig()))
                .functionArn(name.arn(ground.account()) + ":" + FunctionName.LATEST)
                .lastModified(ground.clock().instant())
                .build();
        store.write(tx -> {
            Function.existing(tx, name, ground.account());
            return tx.update(
                    "INSERT OR REPLACE INTO invoke_config (function, body) VALUES (?, ?)",
                    name.name(),
                    SdkJson.write(config));
        });
        return config;
    }

    private static <T> @Nullable T or(@Nullable T asked, @Nullable T old) {
        return asked == null ? old : asked;
    }

    private static void check(FunctionEventInvokeConfig config) {
        if (config.maximumRetryAttempts() != null) {
            Requests.requireWithin("maximumRetryAttempts", config.maximumRetryAttempts(), 0, MOST_RETRIES);
        }
        if (config.maximumEventAgeInSeconds() != null) {
            Requests.requireWithin(
                    "maximumEventAgeInSeconds",
                    config.maximumEventAgeInSeconds(),
                    SHORTEST_AGE_SECONDS,
                    LONGEST_AGE_SECONDS);
        }
        DestinationConfig destinations = config.destinationConfig();
        if (destinations == null) {
            return;
        }
        if (destinations.onSuccess() != null && destinations.onSuccess().destination() != null) {
            throw Requests.unsupported("OnSuccess", destinations);
        }
        if (destinations.onFailure() != null && destinations.onFailure().destination() != null) {
            DeadLetterQueue.require(
                    "OnFailure.Destination", destinations.onFailure().destination());
        }
    }

    private FunctionName name(String function, @Nullable String qualifier) {
        return FunctionName.parse(function, qualifier, ground.account());
    }

    private RuntimeException missing(FunctionName name) {
        return LambdaError.RESOURCE_NOT_FOUND.because("The function " + name.arn(ground.account()) + ":"
                + FunctionName.LATEST + " doesn't have an EventInvokeConfig");
    }
}
