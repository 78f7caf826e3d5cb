package dev.feedline.app.disk;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Reads the trace of a process's calls and says where an answer left, or a name was given, before the disk had it.
///
/// The rules: a file is forced before it is renamed; when an answer leaves, nothing written before it is unforced, and
/// every new name's directory is forced. It wants one client that waits for each answer, or one call's write stands
/// before another's answer.
final class OrderLinter {
    /// A log of SQLite's or DuckDB's, a segment, or a body; the databases themselves follow from their logs.
    private static final Predicate<String> MUST_BE_FORCED = path ->
            path.endsWith("-wal") || path.endsWith(".wal") || path.endsWith(".seg") || path.contains("/bodies/");
    /// DuckDB makes its log anew after each checkpoint and does not force the directory. File systems with a journal
    /// keep the name of a file that was forced, which ext4, XFS and Btrfs promise by practice, not by standard.
    private static final Predicate<String> NAMED_BY_DUCKDB = path -> path.endsWith(".duckdb.wal");

    private final Set<String> unforced = new LinkedHashSet<>();
    private final Set<String> unnamed = new LinkedHashSet<>();
    private final List<String> faults = new ArrayList<>();
    private int answers;

    /// What is wrong in the trace.
    static List<String> faults(List<String> trace) {
        OrderLinter linter = new OrderLinter();
        trace.forEach(linter::read);
        if (linter.answers == 0) {
            linter.faults.add("the trace has no answer");
        }
        return linter.faults;
    }

    private void read(String line) {
        String[] words = line.split(" ");
        String path = words[2];
        switch (words[1]) {
            case "create" -> unnamed.add(path);
            case "write", "truncate" -> unforced.add(path);
            case "force" -> unforced.remove(path);
            case "forcedir" -> unnamed.removeIf(name -> parent(name).equals(path));
            case "unlink" -> {
                unforced.remove(path);
                unnamed.remove(path);
            }
            case "rename" -> rename(path, words[3]);
            case "answer" -> answer();
            default -> faults.add("not understood: " + line);
        }
    }

    private void rename(String from, String to) {
        if (unforced.remove(from)) {
            faults.add(to + " is renamed before it is forced");
        }
        unnamed.remove(from);
        unnamed.add(to);
    }

    private void answer() {
        answers++;
        unforced.stream()
                .filter(MUST_BE_FORCED)
                .forEach(path -> faults.add("answer " + answers + " leaves before " + path + " is forced"));
        unnamed.stream()
                .filter(MUST_BE_FORCED)
                .filter(NAMED_BY_DUCKDB.negate())
                .forEach(path -> faults.add("answer " + answers + " leaves before the directory of " + path + " is"));
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }
}
