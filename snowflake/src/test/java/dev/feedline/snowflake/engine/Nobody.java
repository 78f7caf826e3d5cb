package dev.feedline.snowflake.engine;

import dev.feedline.snowflake.sql.Context;
import dev.feedline.snowflake.sql.ObjectName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A session that knows nothing.
class Nobody implements Context {
    @Override
    public Optional<Optional<String>> value(String function, List<String> arguments) {
        return Optional.empty();
    }

    @Override
    public Optional<String> tableFunction(ObjectName name, Map<String, String> arguments) {
        return Optional.empty();
    }

    @Override
    public Optional<String> sequence(ObjectName name) {
        return Optional.empty();
    }

    @Override
    public Optional<String> informationSchema(ObjectName name, boolean counted) {
        return Optional.empty();
    }
}
