package dev.feedline.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// The columns' names from the cells of a header.
///
/// Blanks around a name are dropped. A cell without a name is called after its place, `column3`; a name
/// that was there before, in any case, gets the lowest free number behind it, `price_2`. The names
/// depend on the header alone.
public final class HeaderNames {
    private HeaderNames() {}

    public static List<String> of(List<String> cells) {
        Set<String> written = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        cells.forEach(cell -> written.add(cell.strip()));
        Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            String name = cells.get(i).strip();
            boolean isFirst = !name.isEmpty() && taken.add(name);
            names.add(isFirst ? name : numbered(name, i + 1, written, taken));
        }
        return names;
    }

    /// The names of so many columns that nobody named.
    public static List<String> ofPlaces(int count) {
        return of(java.util.Collections.nCopies(count, ""));
    }

    private static String numbered(String name, int place, Set<String> written, Set<String> taken) {
        String stem = name.isEmpty() ? "column" : name + "_";
        int number = name.isEmpty() ? place : 2;
        String tried = String.format(Locale.ROOT, "%s%d", stem, number);
        while (written.contains(tried) || !taken.add(tried)) {
            number++;
            tried = String.format(Locale.ROOT, "%s%d", stem, number);
        }
        return tried;
    }
}
