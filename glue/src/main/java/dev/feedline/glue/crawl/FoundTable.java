package dev.feedline.glue.crawl;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Files that make a table: where, of what, and which folders are its partitions.
///
/// @param path the key's beginning, or one whole key
/// @param keys the partition keys, none when the files lie in the folder itself
public record FoundTable(String path, Found found, List<String> keys, List<FoundPartition> partitions) {

    /// The most of one crawl; more is a sign that files lie in a way that no table can hold.
    public static final int MOST = 1_000;

    /// One folder of files.
    public record FoundPartition(String path, List<String> values, Found found) {}

    /// The tables below a folder: one when everything goes together, else those of its folders, and each file of its
    /// own.
    ///
    /// @param whateverColumns Glue's `CombineCompatibleSchemas`
    /// @throws CrawlFailure when a folder holds too many files that do not go together
    public static List<FoundTable> below(Folder folder, boolean whateverColumns) throws CrawlFailure {
        List<FoundTable> tables = new ArrayList<>();
        add(folder, whateverColumns, tables);
        return tables;
    }

    public static CrawlFailure tooMany() {
        return new CrawlFailure("The crawl found more than " + MOST
                + " tables; files that belong together may lie in folders of unequal depth");
    }

    private static void add(Folder folder, boolean whateverColumns, List<FoundTable> tables) throws CrawlFailure {
        Optional<Folder.Together> together = folder.together(whateverColumns);
        if (together.isPresent()) {
            tables.add(folder.isOneObject() ? lone(folder.files().getFirst()) : table(folder, together.get()));
            return;
        }
        if (folder.hasMoreFilesThanAreKept()) {
            throw new CrawlFailure("Folder " + folder.path() + " has more than " + Folder.MOST_LONE_FILES
                    + " files that do not go together, of different formats or columns, or beside folders."
                    + " Give each kind a folder of its own, or exclude some");
        }
        folder.files().forEach(file -> tables.add(lone(file)));
        for (Folder child : folder.folders().values()) {
            add(child, whateverColumns, tables);
        }
    }

    private static FoundTable lone(Folder.LoneFile file) {
        return new FoundTable(file.key(), file.found(), List.of(), List.of());
    }

    private static FoundTable table(Folder root, Folder.Together together) {
        List<String> keys = new ArrayList<>();
        List<Folder> level = List.of(root);
        for (int depth = 0; depth < together.depth(); depth++) {
            keys.add(key(level, keys));
            level = level.stream()
                    .map(folder -> folder.folders().values())
                    .flatMap(Collection::stream)
                    .toList();
        }
        List<FoundPartition> partitions = new ArrayList<>();
        if (!keys.isEmpty()) {
            for (Folder leaf : level) {
                partitions.add(new FoundPartition(
                        leaf.path(), values(root, leaf, keys), leaf.own().orElseThrow()));
            }
        }
        return new FoundTable(root.path(), together.found(), keys, partitions);
    }

    /// `year` when all folders are `year=…`, else the level's number.
    private static String key(List<Folder> parents, List<String> before) {
        Set<String> keys = new TreeSet<>();
        for (Folder parent : parents) {
            for (String name : parent.folders().keySet()) {
                int equals = name.indexOf('=');
                keys.add(equals < 1 ? "" : name.substring(0, equals).toLowerCase(Locale.ROOT));
            }
        }
        String key = keys.size() == 1 ? keys.iterator().next() : "";
        return key.isEmpty() || before.contains(key) ? "partition_" + before.size() : key;
    }

    private static List<String> values(Folder root, Folder leaf, List<String> keys) {
        String below = leaf.path().substring(root.path().length(), leaf.path().length() - 1);
        String[] names = below.split("/", -1);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            boolean isNamed = names[i].toLowerCase(Locale.ROOT).startsWith(keys.get(i) + "=");
            values.add(isNamed ? unescaped(names[i].substring(keys.get(i).length() + 1)) : names[i]);
        }
        return values;
    }

    /// As Hive writes partitions' folders: `%3A` is a colon.
    private static String unescaped(String value) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < value.length(); at++) {
            boolean isEscape = value.charAt(at) == '%'
                    && at + 3 <= value.length()
                    && value.substring(at + 1, at + 3).matches("[0-7][0-9A-Fa-f]");
            if (isEscape) {
                text.append((char) Integer.parseInt(value.substring(at + 1, at + 3), 16));
                at += 2;
            } else {
                text.append(value.charAt(at));
            }
        }
        return text.toString();
    }
}
