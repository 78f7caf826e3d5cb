package dev.feedline.app.command;

import dev.feedline.app.Reach;
import dev.feedline.glue.RunLogs;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.GetJobRunsResponse;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `feedline runs`: the runs of the Glue jobs, and what one of them printed.
@Command(
        name = "runs",
        description = "The runs of the Glue jobs, the newest first; one of them, and what it printed.",
        mixinStandardHelpOptions = true)
final class RunsCommand implements Callable<Integer> {
    private static final Set<JobRunState> UNFINISHED =
            EnumSet.of(JobRunState.WAITING, JobRunState.STARTING, JobRunState.RUNNING, JobRunState.STOPPING);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);
    private static final int LARGEST_PAGE = 200;
    private static final int SHOWN_DIGITS = 15;
    private static final int LONGEST_WORDS = 100;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private FolderOptions folder = new FolderOptions();

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "A run's id, or enough of its beginning.")
    private @Nullable String run;

    @Option(names = "--job", paramLabel = "NAME", description = "Only the runs of this job.")
    private @Nullable String job;

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "30",
            description = "How many runs are shown (default: 30).")
    private int last = 30;

    @Option(names = "--log", description = "Print what the run has printed (its last 8 MiB).")
    private boolean log;

    @Option(names = "--follow", description = "With --log: go on until the run is over.")
    private boolean follow;

    @Option(names = "--json", description = "Print one JSON array of objects.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if ((log || follow) && run == null) {
            throw new ParameterException(spec.commandLine(), "--log and --follow are about one run: name RUN.");
        }
        if (follow && !log) {
            throw new ParameterException(spec.commandLine(), "--follow goes with --log.");
        }
        if (last < 1) {
            throw new ParameterException(spec.commandLine(), "--last must be at least 1.");
        }
        try (Reach reach = folder.reach(false);
                GlueClient glue = reach.glue()) {
            if (run == null) {
                list(newest(glue, last));
            } else if (log) {
                copyLog(glue, named(glue, run));
            } else {
                show(named(glue, run));
            }
        }
        return ExitCode.BALANCED;
    }

    private void list(List<JobRun> runs) {
        if (json) {
            printJson(runs);
            return;
        }
        Grid grid = new Grid("", Set.of(4, 5), "RUN", "JOB", "STATE", "STARTED", "SECONDS", "DPU-S", "WHAT");
        for (JobRun one : runs) {
            grid.add(
                    shortened(one.id()),
                    Visible.text(one.jobName()),
                    one.jobRunStateAsString(),
                    one.startedOn() == null ? "" : seconds(one.startedOn()),
                    String.valueOf(one.executionTime()),
                    one.dpuSeconds() == null ? "" : Long.toString(Math.round(one.dpuSeconds())),
                    Visible.text(words(one)));
        }
        grid.print(System.out);
    }

    private void show(JobRun one) {
        if (json) {
            printJson(List.of(one));
            return;
        }
        PrintStream out = System.out;
        out.println(one.id());
        out.println("  job        " + Visible.text(one.jobName()) + ", Glue " + one.glueVersion());
        out.println("  state      " + one.jobRunStateAsString()
                + (one.attempt() > 0 ? ", attempt " + one.attempt() + " after " + one.previousRunId() : ""));
        if (one.startedOn() != null) {
            out.println("  started    " + seconds(one.startedOn()) + ", " + one.executionTime() + " s, "
                    + one.maxCapacity() + " DPU"
                    + (one.dpuSeconds() == null ? "" : ", " + Math.round(one.dpuSeconds()) + " DPU-seconds"));
        }
        if (one.stateDetail() != null) {
            out.println("  counted    " + one.stateDetail());
        }
        one.arguments()
                .forEach(
                        (name, value) -> out.println("  argument   " + Visible.text(name) + " " + Visible.text(value)));
        if (one.errorMessage() != null) {
            out.println("  error      "
                    + one.errorMessage().lines().map(Visible::text).toList().stream()
                            .collect(java.util.stream.Collectors.joining("\n             ")));
        }
        out.println("  log        feedline runs " + shortened(one.id()) + " --log");
    }

    private void copyLog(GlueClient glue, JobRun one) throws IOException, InterruptedException {
        RunLogs logs = RunLogs.in(folder.data.resolve("glue"));
        RunLogs.Place at = RunLogs.Place.BEGIN;
        boolean isOver;
        do {
            // Asked before the log is read: what it prints to its end is then seen.
            isOver = !follow || !UNFINISHED.contains(state(glue, one));
            at = logs.copy(one.id(), at, System.out);
            System.out.flush();
            if (System.out.checkError()) {
                throw new ReaderGoneException();
            }
            if (!isOver) {
                Thread.sleep(BETWEEN_LOOKS);
            }
        } while (!isOver);
        if (at.equals(RunLogs.Place.BEGIN)) {
            System.err.println("The run has printed nothing, or its log is among those that were let go.");
        }
    }

    private static JobRunState state(GlueClient glue, JobRun one) {
        return glue.getJobRun(get -> get.jobName(one.jobName()).runId(one.id()))
                .jobRun()
                .jobRunState();
    }

    /// The newest runs of all jobs, or of the one that was named.
    private List<JobRun> newest(GlueClient glue, int most) {
        List<JobRun> runs = new ArrayList<>();
        for (String name : jobs(glue)) {
            runs.addAll(runs(glue, name, null, most).jobRuns());
        }
        return runs.stream()
                .sorted(Comparator.comparing(RunsCommand::time).reversed())
                .limit(most)
                .toList();
    }

    private static Instant time(JobRun one) {
        return one.startedOn() == null ? one.lastModifiedOn() : one.startedOn();
    }

    private JobRun named(GlueClient glue, String wanted) throws IOException {
        List<JobRun> found = new ArrayList<>();
        for (String name : jobs(glue)) {
            String token = null;
            do {
                GetJobRunsResponse page = runs(glue, name, token, LARGEST_PAGE);
                for (JobRun one : page.jobRuns()) {
                    if (one.id().equals(wanted)) {
                        return one;
                    }
                    if (one.id().startsWith(wanted)) {
                        found.add(one);
                    }
                }
                token = page.nextToken();
            } while (token != null);
        }
        if (found.isEmpty()) {
            throw new IOException("There is no run " + wanted + "; `feedline runs` lists them.");
        }
        List<String> attempts =
                found.stream().map(one -> first(one.id())).distinct().toList();
        if (attempts.size() > 1) {
            throw new IOException("Several runs begin with " + wanted + ": give more of the id.");
        }
        return found.getLast(); // the run itself; its further attempts have longer names
    }

    private static String first(String id) {
        return id.replaceFirst("_attempt_\\d+$", "");
    }

    private List<String> jobs(GlueClient glue) {
        return job != null
                ? List.of(job)
                : glue.listJobsPaginator(list -> {}).stream()
                        .flatMap(page -> page.jobNames().stream())
                        .toList();
    }

    private static GetJobRunsResponse runs(GlueClient glue, String name, @Nullable String token, int most) {
        return glue.getJobRuns(get -> get.jobName(name).nextToken(token).maxResults(Math.min(most, LARGEST_PAGE)));
    }

    private static void printJson(List<JobRun> runs) {
        JsonMapper mapper = new JsonMapper();
        System.out.println("[");
        for (int i = 0; i < runs.size(); i++) {
            System.out.println(mapper.writeValueAsString(object(runs.get(i))) + (i + 1 < runs.size() ? "," : ""));
        }
        System.out.println("]");
    }

    private static ObjectNode object(JobRun one) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("run", one.id())
                .put("job", one.jobName())
                .put("state", one.jobRunStateAsString())
                .put("attempt", one.attempt())
                .put(
                        "startedAt",
                        one.startedOn() == null ? null : one.startedOn().toString())
                .put(
                        "completedAt",
                        one.completedOn() == null ? null : one.completedOn().toString())
                .put("seconds", one.executionTime())
                .put("dpuSeconds", one.dpuSeconds())
                .put("counted", one.stateDetail())
                .put("error", one.errorMessage());
    }

    private static String words(JobRun one) {
        String said = one.errorMessage() != null ? one.errorMessage() : one.stateDetail();
        String line = said == null ? "" : said.lines().findFirst().orElse("");
        return line.length() <= LONGEST_WORDS ? line : line.substring(0, LONGEST_WORDS - 1) + "…";
    }

    private static String shortened(String id) {
        int attempt = id.indexOf("_attempt_");
        return attempt >= 0 || id.length() <= SHOWN_DIGITS ? id : id.substring(0, SHOWN_DIGITS);
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
