package dev.feedline.app.command;

import dev.feedline.app.Reach;
import dev.feedline.app.RemotePipeline;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.definition.WarehouseChoice;
import dev.feedline.feeds.deployment.Rebuild;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// `feedline rebuild`
@Command(
        name = "rebuild",
        description = {
            "Load the feeds' tables, the receipts and the quarantine anew from the objects in lake and landing bucket.",
            "Each table is loaded beside the one that is there and takes its place when it is complete; when this is cut,",
            "run it again. What else is in the warehouse stays. No server may run on the folder meanwhile."
        },
        mixinStandardHelpOptions = true)
final class RebuildCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();

    @Mixin
    private FolderOptions folder = new FolderOptions();

    @Option(names = "--dry-run", description = "Say what would be loaded, and change nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print one JSON array, an object for each table.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if (folder.definition().warehouse() instanceof WarehouseChoice.Account account) {
            throw new IOException("The definition's warehouse is the account at " + account.place()
                    + ", and rebuild is for the embedded one. In an account, UNDROP TABLE or Time Travel brings a table"
                    + " back.");
        }
        Optional<Reach.Server> running = Reach.running(folder.data);
        if (running.isPresent()) {
            throw new IOException("A Feedline serves the data folder " + folder.data + " at "
                    + running.get().endpoint()
                    + ", and its pipes load into the tables. Stop it, rebuild, and start it again.");
        }
        try (Reach reach = folder.reach(false)) {
            RemotePipeline pipeline = RemotePipeline.of(reach);
            Rebuild rebuild = pipeline.rebuild();
            if (dryRun) {
                show(rebuild.plan(), List.of(), System.out);
                return ExitCode.BALANCED;
            }
            Progress progress = new Progress(System.err);
            List<Rebuild.Step> done = rebuild.run(step -> progress.step(line(step)));
            progress.finish();
            show(done.stream().map(Rebuild.Step::plan).toList(), done, System.out);
            if (!json) {
                List<FileState> files = pipeline.files().stream()
                        .filter(file -> file.state() != FileState.State.NO_FEED)
                        .toList();
                System.out.println(BalanceCommand.sentence(files));
            }
            return ExitCode.BALANCED;
        }
    }

    private static String line(Rebuild.Step step) {
        return String.format(
                Locale.ROOT,
                "%s: %,d of %,d objects, %,d rows",
                step.plan().table(),
                step.objects(),
                step.plan().objects(),
                step.rows());
    }

    /// @param done as many as plans, or none yet
    private void show(List<Rebuild.Plan> plans, List<Rebuild.Step> done, PrintStream out) {
        if (json) {
            out.println(array(plans, done));
            return;
        }
        Grid grid = done.isEmpty()
                ? new Grid("", Set.of(1, 2, 3), "TABLE", "OBJECTS", "BYTES", "ROWS NOW")
                : new Grid("", Set.of(1, 2, 3, 4), "TABLE", "OBJECTS", "BYTES", "ROWS BEFORE", "ROWS");
        for (int i = 0; i < plans.size(); i++) {
            Rebuild.Plan plan = plans.get(i);
            String objects = number(plan.objects());
            String rows = plan.rows() < 0 ? "no table" : number(plan.rows());
            if (done.isEmpty()) {
                grid.add(plan.table(), objects, number(plan.bytes()), rows);
            } else {
                grid.add(
                        plan.table(),
                        objects,
                        number(plan.bytes()),
                        rows,
                        number(done.get(i).rows()));
            }
        }
        grid.print(out);
    }

    private static ArrayNode array(List<Rebuild.Plan> plans, List<Rebuild.Step> done) {
        ArrayNode array = JSON.createArrayNode();
        for (int i = 0; i < plans.size(); i++) {
            Rebuild.Plan plan = plans.get(i);
            var one = array.addObject()
                    .put("table", plan.table())
                    .put("objects", plan.objects())
                    .put("bytes", plan.bytes());
            if (plan.rows() < 0) {
                one.putNull("rowsBefore");
            } else {
                one.put("rowsBefore", plan.rows());
            }
            if (!done.isEmpty()) {
                one.put("rows", done.get(i).rows());
            }
        }
        return array;
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
