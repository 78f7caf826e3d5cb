package dev.feedline.snowflake.engine;

import java.util.ArrayList;
import java.util.List;

/// A path into a JSON value, as [dev.feedline.snowflake.sql.JsonPath] writes it: `$."a"[0]."b"`.
record JsonSteps(List<Step> steps) {
    sealed interface Step {
        record Key(String name) implements Step {}

        record Index(int position) implements Step {}
    }

    static JsonSteps parse(String path) {
        List<Step> steps = new ArrayList<>();
        int at = 1;
        while (at < path.length()) {
            if (path.charAt(at) == '[') {
                int end = path.indexOf(']', at);
                steps.add(new Step.Index(Integer.parseInt(path.substring(at + 1, end))));
                at = end + 1;
            } else {
                StringBuilder name = new StringBuilder();
                at += 2; // ."
                while (path.charAt(at) != '"' || (at + 1 < path.length() && path.charAt(at + 1) == '"')) {
                    at += path.charAt(at) == '"' ? 1 : 0;
                    name.append(path.charAt(at++));
                }
                at++;
                steps.add(new Step.Key(name.toString()));
            }
        }
        return new JsonSteps(List.copyOf(steps));
    }
}
