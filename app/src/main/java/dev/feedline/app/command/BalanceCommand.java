package dev.feedline.app.command;

import dev.feedline.app.Reach;
import dev.feedline.app.RemotePipeline;
import dev.feedline.app.audit.Auditor;
import dev.feedline.app.audit.Verdict;
import dev.feedline.app.story.FileLookup;
import dev.feedline.app.warehouse.SnowflakeClient;
import dev.feedline.feeds.FileState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `feedline balance`
@Command(
        name = "balance",
        description = {
            "Does it add up? Counted from the warehouse now: received = loaded + quarantined, for every file of a feed.",
            "With --deep every uploaded file is read again by a second reader and compared with its rows, value by value.",
            "Exit 0 balanced, 3 with quarantined rows, 4 when a file is not settled, unbalanced, held or failed, or, with"
                    + " --deep, when something differs or could not be compared."
        },
        mixinStandardHelpOptions = true)
final class BalanceCommand implements Callable<Integer> {
    @Mixin
    private FolderOptions folder = new FolderOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Only these: ids or keys, or the beginning of either (default: every file of a feed).")
    private List<String> meant = List.of();

    @Option(names = "--deep", description = "Compare every value with the uploaded file, too.")
    private boolean deep;

    @Option(names = "--json", description = "Print one JSON array of objects.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        try (Reach reach = folder.reach(false)) {
            RemotePipeline pipeline = RemotePipeline.of(reach);
            List<FileState> files = files(pipeline);
            int code = files.stream().mapToInt(ExitCode::of).max().orElse(ExitCode.BALANCED);
            if (deep) {
                List<Verdict> verdicts = compare(reach, pipeline, files);
                boolean equal = verdicts.stream().allMatch(it -> it.outcome() == Verdict.Outcome.EQUAL);
                return equal ? code : ExitCode.UNBALANCED;
            }
            if (json) {
                FilesTable.json(files, System.out);
            } else {
                FilesTable.table(files, System.out);
                System.out.println(sentence(files));
            }
            return code;
        }
    }

    private List<FileState> files(RemotePipeline pipeline) throws IOException {
        if (meant.isEmpty()) {
            return pipeline.files().stream()
                    .filter(file -> file.state() != FileState.State.NO_FEED)
                    .toList();
        }
        FileLookup lookup = new FileLookup(pipeline);
        List<FileState> files = new ArrayList<>();
        for (String one : meant) {
            files.add(lookup.find(one));
        }
        return files;
    }

    private List<Verdict> compare(Reach reach, RemotePipeline pipeline, List<FileState> files) throws IOException {
        List<Verdict> verdicts = new ArrayList<>();
        Progress progress = new Progress(System.err);
        try (SnowflakeClient warehouse = reach.warehouse()) {
            for (FileState file : files) {
                Auditor auditor = new Auditor(
                        pipeline,
                        warehouse,
                        rows -> progress.note(Visible.text(file.key()) + ": " + rows + " rows compared"));
                Verdict verdict = auditor.audit(file);
                progress.finish();
                verdicts.add(verdict);
                if (!json) {
                    VerdictText.print(verdict, System.out);
                }
            }
        }
        if (json) {
            VerdictText.json(verdicts, System.out);
        } else {
            System.out.println(sentence(files));
        }
        return verdicts;
    }

    /// The one sentence that is read first.
    static String sentence(List<FileState> files) {
        long received = files.stream().mapToLong(FileState::received).sum();
        long loaded = files.stream().mapToLong(FileState::loaded).sum();
        long quarantined = files.stream().mapToLong(FileState::quarantined).sum();
        long held = files.stream()
                .filter(file -> file.state() == FileState.State.HELD
                        || file.state() == FileState.State.SKIPPED
                        || file.state() == FileState.State.FAILED)
                .mapToLong(FileState::received)
                .sum();
        return String.format(
                "%,d files · %,d rows received = %,d loaded + %,d quarantined%s · %,d unaccounted",
                files.size(),
                received,
                loaded,
                quarantined,
                held == 0 ? "" : String.format(" + %,d in files that are held, skipped or failed", held),
                received - loaded - quarantined - held);
    }
}
