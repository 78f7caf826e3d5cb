package dev.feedline.app.command;

import dev.feedline.app.doctor.Checkup;
import dev.feedline.app.doctor.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// `feedline doctor`
@Command(
        name = "doctor",
        description = {
            "Look at what Feedline needs: Java, disk and fsync, clock, rights, port, data folder, server.",
            "Works whether or not a server runs. Exit 0 when nothing fails, else 1."
        },
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private FolderOptions folder = new FolderOptions();

    @Option(names = "--json", description = "Print one JSON array of objects.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        List<Finding> findings =
                new Checkup(folder.data, folder.host, folder.portOr(FolderOptions.STANDARD_PORT)).run();
        if (json) {
            json(findings);
        } else {
            print(findings);
        }
        return findings.stream().anyMatch(it -> it.level() == Finding.Level.FAIL) ? ExitCode.ERROR : ExitCode.BALANCED;
    }

    private static void print(List<Finding> findings) {
        Grid grid = new Grid("", Set.of(), "    ", "CHECK", "FOUND");
        for (Finding finding : findings) {
            grid.add(finding.level().name(), finding.subject(), Visible.text(finding.said()));
            if (!finding.advice().isEmpty()) {
                grid.add("", "", "→ " + Visible.text(finding.advice()));
            }
        }
        grid.print(System.out);
        System.out.println(sentence(findings));
    }

    private static String sentence(List<Finding> findings) {
        long failed = count(findings, Finding.Level.FAIL);
        long warned = count(findings, Finding.Level.WARN);
        return findings.size() + " checks: " + failed + " failed, " + warned + " with a warning";
    }

    private static long count(List<Finding> findings, Finding.Level level) {
        return findings.stream().filter(it -> it.level() == level).count();
    }

    private static void json(List<Finding> findings) {
        JsonMapper mapper = new JsonMapper();
        ArrayNode array = mapper.createArrayNode();
        findings.forEach(finding -> array.add(mapper.createObjectNode()
                .put("level", finding.level().name())
                .put("check", finding.subject())
                .put("found", finding.said())
                .put("advice", finding.advice().isEmpty() ? null : finding.advice())));
        System.out.println(mapper.writeValueAsString(array));
    }
}
