package dev.feedline.app.command;

import dev.feedline.app.Journey;
import java.io.PrintStream;
import java.util.Locale;

/// Shows how far a file is: one line that is rewritten on a terminal, one line for each change elsewhere.
final class Progress {
    private static final int BAR = 24;

    private final PrintStream out;
    private final boolean terminal =
            System.console() != null && System.console().isTerminal();
    private String last = "";

    Progress(PrintStream out) {
        this.out = out;
    }

    /// A bar for the upload; only a terminal sees it move.
    void upload(String key, long sent, long size) {
        if (terminal) {
            int filled = size == 0 ? BAR : (int) (BAR * sent / size);
            show(String.format(
                    Locale.ROOT,
                    "%s: [%s%s] %d of %d bytes",
                    key,
                    "█".repeat(filled),
                    "·".repeat(BAR - filled),
                    sent,
                    size));
        }
    }

    /// The stages, as durable state shows them.
    void stages(Journey.Stages stages) {
        show(line(stages));
    }

    /// Words that only a terminal shows, and only until the next.
    void note(String words) {
        if (terminal) {
            show(words);
        }
    }

    /// Words of which each is news: a terminal shows them until the next.
    void step(String words) {
        show(words);
    }

    /// Takes the moving line away.
    void finish() {
        last = "";
        if (terminal) {
            out.print("\r\u001b[K");
            out.flush();
        }
    }

    static String line(Journey.Stages stages) {
        var file = stages.file();
        return String.format(
                Locale.ROOT,
                "%s: ingest %d chunks, %d rows ─▶ landed %,d bytes ─▶ lake %d of %d ─▶ table %,d + quarantine %,d ─▶ %s",
                file.key(),
                stages.chunks(),
                file.received(),
                stages.landed(),
                stages.lakeObjects(),
                stages.chunks(),
                file.loaded(),
                file.quarantined(),
                file.state());
    }

    /// Ends the moving line, with these words if there are any.
    void finish(String words) {
        if (terminal && !last.isEmpty()) {
            out.print("\r\u001b[K");
            if (words.isEmpty()) {
                out.println(last);
            }
        }
        if (!words.isEmpty()) {
            out.println(words);
        }
        last = "";
        out.flush();
    }

    private void show(String line) {
        if (line.equals(last)) {
            return;
        }
        last = line;
        if (terminal) {
            out.print("\r\u001b[K" + line);
        } else {
            out.println(line);
        }
        out.flush();
    }
}
