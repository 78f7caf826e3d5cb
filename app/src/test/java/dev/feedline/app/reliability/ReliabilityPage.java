package dev.feedline.app.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `docs/reliability.md`: what the last reported runs of kills, faults and losses did, and what came of it.
///
/// It is told by the files in `docs/reliability`: one for each run, as the run wrote it (the last line counts), and
/// `found.json`, the failures that such runs found, each with the commit that mended it.
record ReliabilityPage(List<JsonNode> reports, List<JsonNode> found) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String FOUND = "found.json";

    private static final String HEAD = """
            # What Feedline has withstood

            Every figure here is from a run that ended, on the commit and machine it names; the command repeats it. The
            page is written from the runs' own reports (`docs/reliability/*.json`) and a test holds it to them. The machine was
            shared with builds (a load average of 10 to 20 on two cores), so the times say little.

            The long runs were made on 26 and 27 November 2026. 1,000 kills: the row below. A fault at every call of one small file's
            journey: the two rows of disk faults, every call of every kind, no failure (nothing is truncated on the way).
            Power cuts: 500 in one run, the row below, nothing lost that had been acknowledged. Before it one run stopped at its
            384th cut and one at its 203rd, when the server did not start, and one at its 408th, when a query's answer was not
            whole. The causes are among the failures below.
            40 kills while the warehouse loads Parquet through a pipe, several files at a time: the row of kills during loads, put down
            from what the test prints; after each, rows and load history agreed.
            100,000 seeds of the simulation, with CSV and JSON arrays among them: 429 s, a crash at every point 497 times or more, no violation; the 2,250 files that end UNBALANCED are those whose
            values are changed on their way on purpose
            (`./mvnw -Dquick verify -pl feeds -am -Dtest='PipelineSimTest#everyFile*' -Dsurefire.failIfNoSpecifiedTests=false
            -Dfeedline.seeds=100000`).
            A Spark cluster, one master and two workers, 24 chunks: a worker and its executor killed, and in another run the driver, when half
            of the chunks were there; every row once, one lake object for each chunk, no process left. [glue.md](glue.md) says what became of
            the runs (27 November 2026, `./mvnw -Dquick -Pproof verify -pl app -am -Dtest=SparkClusterProofTest
            -Dsurefire.failIfNoSpecifiedTests=false`; `.ci/run` does it, too).

            """;

    private static final String LIMITS = """

            ## What it does not withstand

            - SQLite's pages have no checksums: a flipped bit in the row of an object, a run or a checkpoint is not noticed
              (object bodies, stream records and SQLite's log are checked).
            - DuckDB takes a log with another database's or an earlier checkpoint's head for an old one, so a flipped bit in the
              head may serve an earlier state: SQL rows that were acknowledged are missing. `balance --deep` shows it for feeds'
              tables.
            - A flipped bit in the very last commit of SQLite's or DuckDB's log cannot be told from a torn tail; nor can damage
              to the one before it in SQLite's, when it changes more than one byte of the frame's salts.
            - After a full disk a file may wait for minutes, for the retry or the sweep.
            """;

    static ReliabilityPage read(Path folder) throws IOException {
        List<JsonNode> reports = new ArrayList<>();
        List<JsonNode> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                if (file.getFileName().toString().equals(FOUND)) {
                    JSON.readTree(Files.readString(file)).forEach(found::add);
                } else {
                    reports.add(JSON.readTree(Files.readAllLines(file).getLast()));
                }
            }
        }
        reports.sort(Comparator.comparing(report -> text(report, "run")));
        return new ReliabilityPage(reports, found);
    }

    String text() {
        StringBuilder page = new StringBuilder(HEAD);
        if (reports.isEmpty()) {
            page.append("No full run has been reported yet; CONTRIBUTING.md has the commands.\n");
        } else {
            tell(page);
        }
        page.append("\n## Failures found and mended\n\n| what went wrong | found by | mended by |\n|---|---|---|\n");
        for (JsonNode failure : found) {
            page.append("| ").append(text(failure, "what")).append(" | ").append(text(failure, "foundBy"));
            page.append(" | ").append(text(failure, "mendedBy")).append(" |\n");
        }
        return page.append(LIMITS).toString();
    }

    private void tell(StringBuilder page) {
        page.append("| run | date | commit | seeds | counts | failures |\n|---|---|---|---|---|---|\n");
        for (JsonNode report : reports) {
            page.append(row(report));
        }
        page.append("\n## The commands\n\n");
        for (JsonNode report : reports) {
            page.append("- ")
                    .append(text(report, "run"))
                    .append(" (")
                    .append(text(report, "machine"))
                    .append("):\n  `");
            page.append(text(report, "command")).append("`\n");
        }
    }

    private static String row(JsonNode report) {
        JsonNode failures = report.path("failures");
        List<String> counts = new ArrayList<>();
        report.path("counts")
                .properties()
                .forEach(count -> counts.add(count.getKey() + " " + number(count.getValue())));
        List<String> seeds = new ArrayList<>();
        report.path("seeds").forEach(seed -> seeds.add(seed.asString()));
        return String.join(
                        " | ",
                        "| " + text(report, "run"),
                        text(report, "date"),
                        text(report, "commit"),
                        String.join(", ", seeds),
                        String.join("; ", counts),
                        failures.isEmpty() ? "none" : Integer.toString(failures.size()))
                + " |\n";
    }

    private static String number(JsonNode value) {
        return value.isIntegralNumber() ? String.format(Locale.ROOT, "%,d", value.asLong()) : value.asString();
    }

    /// @throws IllegalArgumentException when the report does not say it
    private static String text(JsonNode json, String member) {
        if (!json.path(member).isString()) {
            throw new IllegalArgumentException("a reliability report says no " + member + ": " + json);
        }
        return json.path(member).asString();
    }
}
