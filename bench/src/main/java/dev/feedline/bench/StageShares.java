package dev.feedline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/// Which stage the processor time of a server went to.
///
/// Java's share comes from a recording's samples, each told by the first of [#STAGES] that is on its stack; DuckDB's
/// threads, which a recording does not see into, and the compiler's from the kernel's counts of each thread.
final class StageShares {
    /// The class prefix that tells a stage, the inner ones before those that call them.
    private static final Map<String, String> STAGES = stages();

    /// The stage whose parts are told too, as [#INGEST_PARTS].
    private static final String INGEST = "ingest";
    /// The class prefix that tells a part of ingest.
    private static final Map<String, String> INGEST_PARTS = ingestParts();
    /// What ingest does with every row whatever its file and stream.
    static final List<String> ROW_WORK = List.of(INGEST + ", judging", INGEST + ", marking", INGEST + ", packing");

    private StageShares() {}

    private static Map<String, String> stages() {
        Map<String, String> stages = new LinkedHashMap<>();
        stages.put("dev.feedline.snowflake", "load (Java's part)");
        stages.put("dev.feedline.feeds.ingest", INGEST);
        stages.put("dev.feedline.convert", "job");
        stages.put("dev.feedline.feeds.ConversionJob", "job");
        stages.put("dev.feedline.kinesis.log.LogWriter", "stream");
        stages.put("dev.feedline.firehose", "firehose");
        stages.put("dev.feedline.feeds.Sweep", "sweep");
        stages.put("dev.feedline.gateway", "upload and requests");
        return stages;
    }

    private static Map<String, String> ingestParts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("dev.feedline.kinesis", "the stream's calls");
        parts.put("dev.feedline.rows.Inference", "finding columns");
        parts.put("dev.feedline.rows.ValuesSeen", "finding columns");
        parts.put("dev.feedline.rows.batch", "judging");
        parts.put("dev.feedline.rows.RowReader", "judging");
        parts.put("dev.feedline.rows.Mark", "marking");
        parts.put("dev.feedline.rows.ContentSum", "marking");
        parts.put("dev.feedline.feeds.ingest.StreamSender", "packing");
        parts.put("dev.feedline.feeds.ingest.Records", "packing");
        parts.put("dev.feedline", "reading rows and all else");
        return parts;
    }

    /// The options that make a server record.
    static String options(Path recording) {
        return " -Xlog:jfr+startup=error -XX:StartFlightRecording:filename=" + recording
                + ",settings=default,jdk.ExecutionSample#period=20ms,maxsize=0";
    }

    /// Seconds of processor time by the group of threads, of a living process.
    static Map<String, Double> byThreads(long pid) throws IOException {
        Map<String, Double> seconds = new TreeMap<>();
        List<Path> tasks;
        try (var all = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            tasks = all.toList();
        }
        for (Path task : tasks) {
            String stat = Files.readString(task.resolve("stat"));
            String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            double used = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
            seconds.merge(group(name), used, Double::sum);
        }
        return seconds;
    }

    private static String group(String thread) {
        if (thread.startsWith("duckdb") || thread.equals("java")) {
            return "DuckDB"; // its own workers carry the process's name
        }
        if (thread.startsWith("C1 Comp") || thread.startsWith("C2 Comp")) {
            return "compiler";
        }
        return thread.startsWith("VM Thread") || thread.startsWith("GC") ? "garbage collection" : "Java";
    }

    /// The share of each stage among the recording's samples, 0 to 1; those of ingest's parts, named
    /// `ingest, …`, are in ingest's.
    static Map<String, Double> ofRecording(Path recording) throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        int all = 0;
        try (RecordingFile events = new RecordingFile(recording)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                if (event.getEventType().getName().equals("jdk.ExecutionSample") && event.getStackTrace() != null) {
                    List<RecordedFrame> frames = event.getStackTrace().getFrames();
                    String stage = first(STAGES, frames);
                    counts.merge(stage, 1, Integer::sum);
                    if (stage.equals(INGEST)) {
                        counts.merge(INGEST + ", " + first(INGEST_PARTS, frames), 1, Integer::sum);
                    }
                    all++;
                }
            }
        }
        Map<String, Double> shares = new TreeMap<>();
        int total = Math.max(1, all);
        counts.forEach((stage, count) -> shares.put(stage, (double) count / total));
        return shares;
    }

    private static String first(Map<String, String> prefixes, List<RecordedFrame> frames) {
        for (Map.Entry<String, String> stage : prefixes.entrySet()) {
            for (RecordedFrame frame : frames) {
                if (frame.getMethod().getType().getName().startsWith(stage.getKey())) {
                    return stage.getValue();
                }
            }
        }
        return "all else";
    }
}
