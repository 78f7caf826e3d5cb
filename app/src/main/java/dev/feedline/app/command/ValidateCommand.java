package dev.feedline.app.command;

import dev.feedline.feeds.CsvSettings;
import dev.feedline.feeds.FeedSettings;
import dev.feedline.feeds.Names;
import dev.feedline.feeds.definition.ConvertChoice;
import dev.feedline.feeds.definition.DefinitionReader;
import dev.feedline.feeds.definition.Feed;
import dev.feedline.feeds.definition.StorageChoice;
import dev.feedline.feeds.definition.WarehouseChoice;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `feedline validate`
@Command(
        name = "validate",
        description = {
            "Check the definition and say what each feed amounts to, defaults and all.",
            "Exit 1 with every error and its place when there is one."
        },
        mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
    @Mixin
    private DefinitionOptions definition = new DefinitionOptions();

    @Override
    public Integer call() throws IOException {
        Path file = definition
                .file()
                .orElseThrow(() -> new IOException("There is no feedline.yaml here. Name a definition: -f FILE."));
        Explanation.requireFile(file, "the definition");
        DefinitionReader.Findings findings = DefinitionReader.check(file);
        findings.problems().forEach(problem -> System.err.println("feedline: " + Visible.text(problem)));
        if (!findings.problems().isEmpty()) {
            int count = findings.problems().size();
            System.err.println("feedline: " + file + " has " + count + (count == 1 ? " error." : " errors."));
            return ExitCode.ERROR;
        }
        findings.definition().feeds().values().forEach(feed -> print(feed, System.out));
        if (findings.definition().storage() == StorageChoice.AWS) {
            System.out.println("services: s3 and sqs are AWS's, in the account of the credentials and in their region");
        }
        if (findings.definition().warehouse() instanceof WarehouseChoice.Account account) {
            System.out.println("warehouse: the account " + account.account() + " at " + account.place() + ", as "
                    + account.user() + " with " + login(account.login()));
        }
        int feeds = findings.definition().feeds().size();
        System.out.println(file + ": no errors, " + feeds + (feeds == 1 ? " feed" : " feeds"));
        return ExitCode.BALANCED;
    }

    private static void print(Feed feed, PrintStream out) {
        FeedSettings settings = feed.settings();
        out.println(feed.name() + " → " + Names.table(feed.name()));
        out.println("  files       s3://<source bucket>/" + feed.name() + "/…, " + word(settings.format())
                + (settings.format() == FeedSettings.Format.AUTO ? " (each told by its content and name)" : "")
                + ", " + word(settings.encoding()) + " unless marked otherwise");
        out.println("  csv         " + csv(settings.csv()));
        out.println("  columns     " + columns(feed) + "; new ones: "
                + word(settings.policy().onNewColumn()) + ", values that do not fit: "
                + word(settings.policy().onMismatch()));
        out.println("  held        " + held(settings));
        out.println("  uploaded again: " + word(settings.onReupload()));
        out.println("  stream      " + feed.shards() + " shards, delivered every "
                + feed.bufferSize().mebibytes() + " MiB or "
                + (feed.bufferInterval().isZero()
                        ? "at once"
                        : feed.bufferInterval().toSeconds() + " s")
                + ", kept in the landing bucket for " + feed.keepLanding().toDays() + " days");
        out.println("  converted   " + engine(feed.convert()) + ", by the Glue job "
                + feed.convert().job());
    }

    private static String engine(ConvertChoice choice) {
        return switch (choice) {
            case ConvertChoice.Native() -> "inside Feedline";
            case ConvertChoice.Spark spark ->
                "on Apache Spark, "
                        + spark.master().map(master -> "at " + master).orElse("on this machine");
        };
    }

    /// Where the secret is, never what it is.
    private static String login(WarehouseChoice.Login login) {
        return switch (login) {
            case WarehouseChoice.Password(var password) -> "the password in " + password;
            case WarehouseChoice.KeyPair(var key, var passphrase) -> "the private key in " + key;
        };
    }

    private static String csv(CsvSettings csv) {
        return "delimiter " + csv.delimiter() + ", quote " + csv.quote() + ", escape " + csv.escape() + ", "
                + (csv.header() ? "a header" : "no header")
                + (csv.columns().isEmpty() ? "" : ", columns " + String.join(", ", csv.columns()))
                + ", null is "
                + String.join(
                        " or ",
                        csv.nulls().stream().map(text -> "'" + text + "'").toList());
    }

    private static String columns(Feed feed) {
        return feed.columns().isEmpty()
                ? "none declared"
                : String.join(
                        ", ",
                        feed.columns().entrySet().stream()
                                .map(entry ->
                                        entry.getKey() + " " + entry.getValue().glue())
                                .toList());
    }

    private static String held(FeedSettings settings) {
        if (!settings.hasLimits()) {
            return "no file for its bad rows";
        }
        String rows = settings.maxBadRows() == Long.MAX_VALUE ? "" : "more than " + settings.maxBadRows() + " bad rows";
        String percent = settings.maxBadPercent() == 100 ? "" : "more than " + settings.maxBadPercent() + " percent";
        return "a file with " + rows + (rows.isEmpty() || percent.isEmpty() ? "" : " or ") + percent
                + "; files are read twice";
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
