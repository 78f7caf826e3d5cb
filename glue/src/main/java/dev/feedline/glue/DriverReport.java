package dev.feedline.glue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// What a driver says of its run when that is over.
///
/// @param error the exception with its class and message, where the run has failed
record DriverReport(boolean succeeded, String error, Map<String, Long> metrics) {
    private static final int SIGNALS = 128;
    private static final int SIGKILL = 9;

    /// The report in a file; empty when the process ended before it wrote one (it appears whole, by a
    /// rename).
    static Optional<DriverReport> read(Path file) throws IOException {
        Optional<JsonNode> report = DriverFile.read(file, "The driver's report");
        return report.isPresent() ? Optional.of(of(report.get())) : Optional.empty();
    }

    private static DriverReport of(JsonNode report) throws IOException {
        String state = report.path("state").asString("");
        if (!state.equals("SUCCEEDED") && !state.equals("FAILED")) {
            throw new IOException("The driver's report has the state '" + state + "', neither SUCCEEDED nor FAILED");
        }
        Map<String, Long> metrics = new TreeMap<>();
        report.path("metrics").forEachEntry((name, value) -> metrics.put(name, value.asLong(0)));
        return new DriverReport(
                state.equals("SUCCEEDED"),
                report.path("error").asString("The run failed and its driver did not say why"),
                metrics);
    }

    /// What to say of a run whose driver left no report.
    ///
    /// @param lastLines of what it printed
    static String missing(int status, String lastLines) {
        String how = status > SIGNALS
                ? "was ended by signal " + (status - SIGNALS)
                        + (status == SIGNALS + SIGKILL ? " (SIGKILL; perhaps this machine ran out of memory)" : "")
                : "ended with exit code " + status;
        return "The driver " + how + " before it reported an end"
                + (lastLines.isEmpty() ? " and printed nothing" : "; the last it printed:\n" + lastLines);
    }
}
