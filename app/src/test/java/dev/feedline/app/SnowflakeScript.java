package dev.feedline.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A script with what each statement must answer, as `snowflake/script.sql` writes it.
record SnowflakeScript(List<Step> steps) {
    /// @param rows what it answers, values joined by `|`; or the error's code
    /// @param awaited whether it is asked until it answers so
    record Step(String sql, List<String> rows, boolean awaited, boolean fails) {}

    static SnowflakeScript read() throws IOException {
        List<Step> steps = new ArrayList<>();
        String sql = "";
        List<String> rows = new ArrayList<>();
        boolean awaited = false;
        boolean fails = false;
        for (String line : (text("script.sql") + "\n\n").lines().toList()) {
            if (line.startsWith("--> ") || line.startsWith("--~ ") || line.startsWith("--! ")) {
                rows.add(line.substring(4));
                awaited |= line.startsWith("--~");
                fails |= line.startsWith("--!");
            } else if (line.isEmpty() && !sql.isEmpty()) {
                steps.add(new Step(sql, List.copyOf(rows), awaited, fails));
                sql = "";
                rows.clear();
                awaited = false;
                fails = false;
            } else if (!line.startsWith("--") && !line.isEmpty()) {
                sql = line.substring(0, line.length() - 1);
            }
        }
        return new SnowflakeScript(List.copyOf(steps));
    }

    static String text(String name) throws IOException {
        try (InputStream in = SnowflakeScript.class.getResourceAsStream("/snowflake/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
