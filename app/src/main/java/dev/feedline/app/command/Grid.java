package dev.feedline.app.command;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Lines of cells, printed in aligned columns; for tables small enough to be held.
final class Grid {
    private final String indent;
    private final Set<Integer> numbers;
    private final List<List<String>> lines = new ArrayList<>();

    /// @param numbers the columns, from 0, that are aligned to the right
    Grid(String indent, Set<Integer> numbers, String... head) {
        this.indent = indent;
        this.numbers = numbers;
        lines.add(List.of(head));
    }

    Grid add(String... cells) {
        lines.add(List.of(cells));
        return this;
    }

    void print(PrintStream out) {
        int[] widths = new int[lines.getFirst().size()];
        for (List<String> line : lines) {
            Arrays.setAll(widths, i -> Math.max(widths[i], line.get(i).length()));
        }
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder(indent);
            for (int i = 0; i < widths.length; i++) {
                String padding = " ".repeat(widths[i] - line.get(i).length());
                text.append(i == 0 ? "" : "  ")
                        .append(numbers.contains(i) ? padding + line.get(i) : line.get(i) + padding);
            }
            out.println(text.toString().stripTrailing());
        }
    }
}
