package dev.feedline.feeds.sim;

import dev.feedline.feeds.FeedSettings;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.FileState.State;
import dev.feedline.feeds.sim.SimFeed.Container;
import dev.feedline.feeds.sim.SimFeed.Kind;
import dev.feedline.feeds.sim.SimFeed.SimRow;
import dev.feedline.feeds.sim.SimWorld.Upload;
import dev.feedline.rows.SchemaPolicy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Compares what the table and the quarantine hold at the end with what was uploaded. It knows the generated rows and
/// no class of the pipeline's reading or judging.
final class Oracle {
    private final SimWorld world;
    private final List<String> faults = new ArrayList<>();

    Oracle(SimWorld world) {
        this.world = world;
    }

    /// What is wrong, one line each; empty when all is well.
    List<String> faults(List<FileState> files) {
        Map<String, FileState> byVersion = new HashMap<>();
        for (FileState file : files) {
            if (world.uploads.containsKey(file.version())) {
                byVersion.put(file.version(), file);
            } else {
                checkStranger(file);
            }
        }
        world.uploads.forEach((version, upload) -> {
            FileState file = byVersion.get(version);
            if (file == null) {
                faults.add("upload " + version + " " + upload.key() + " is no file");
            } else {
                check(upload, file, byVersion);
            }
        });
        return faults;
    }

    /// A key under no feed, or rows that somebody else put on the stream.
    private void checkStranger(FileState file) {
        Set<State> allowed =
                file.bucket().equals("feedline-source") ? Set.of(State.NO_FEED) : Set.of(State.BALANCED, State.HELD);
        if (!allowed.contains(file.state()) && !world.firehose.hasDamaged()) {
            faults.add(file + " should be one of " + allowed);
        }
    }

    private void check(Upload upload, FileState file, Map<String, FileState> byVersion) {
        Set<State> allowed = allowedStates(upload, byVersion);
        boolean damaged = world.firehose.hasDamaged() && file.state() == State.UNBALANCED;
        if (!allowed.contains(file.state()) && !(damaged && allowed.contains(State.BALANCED))) {
            faults.add(file + " should be one of " + allowed + ": "
                    + upload.content().container());
        }
        checkRows(upload, file, file.state() == State.BALANCED);
    }

    private Set<State> allowedStates(Upload upload, Map<String, FileState> byVersion) {
        FeedSettings settings = world.settings.get(upload.feed());
        List<Upload> older = world.uploads.values().stream()
                .filter(other -> other.key().equals(upload.key()) && other.order() < upload.order())
                .toList();
        boolean sameBefore = older.stream().anyMatch(other -> sameBytes(other, upload));
        boolean sameLoaded = world.uploads.entrySet().stream()
                .filter(entry -> older.contains(entry.getValue()) && sameBytes(entry.getValue(), upload))
                .anyMatch(entry -> byVersion.get(entry.getKey()).state() == State.BALANCED);
        Set<State> own = ownStates(upload, settings);
        return switch (settings.onReupload()) {
            case LOAD -> own;
            case SKIP_SAME_CONTENT -> sameLoaded ? Set.of(State.SKIPPED) : with(sameBefore, State.SKIPPED, own);
            case REJECT ->
                sameLoaded
                        ? Set.of(State.SKIPPED)
                        : sameBefore
                                ? Set.of(State.SKIPPED, State.FAILED)
                                : older.isEmpty() ? own : Set.of(State.FAILED);
        };
    }

    private static Set<State> ownStates(Upload upload, FeedSettings settings) {
        SimFeed content = upload.content();
        if (content.container() == Container.DAMAGED_GZIP) {
            return Set.of(State.HELD);
        }
        long bad = content.rows().stream().filter(row -> row.kind() == Kind.BAD).count();
        long atMost = 1
                + content.rows().stream().filter(row -> row.kind() != Kind.GOOD).count();
        boolean anyMayBeBad = settings.policy().onNewColumn() == SchemaPolicy.OnNewColumn.FREEZE;
        boolean mayBeHeld = settings.hasLimits() && (anyMayBeBad || atMost > settings.maxBadRows());
        return settings.hasLimits() && bad > settings.maxBadRows() && content.container() != Container.CUT_GZIP
                ? Set.of(State.HELD)
                : with(mayBeHeld, State.HELD, Set.of(State.BALANCED));
    }

    private void checkRows(Upload upload, FileState file, boolean complete) {
        Map<Long, Map<String, String>> loaded = new HashMap<>();
        for (SimLake.Loaded row : world.warehouse.table(upload.feed())) {
            if (row.fileId().equals(file.fileId()) && loaded.put(row.row(), row.cells()) != null) {
                faults.add("row " + row.row() + " of " + file + " is there twice");
            }
        }
        Set<Long> quarantined = new HashSet<>();
        for (JsonNode line : world.warehouse.quarantine()) {
            if (line.required("FILE_ID").asString().equals(file.fileId())) {
                quarantined.add(line.required("ROW_NUMBER").asLong());
            }
        }
        List<SimRow> rows = upload.content().rows();
        boolean frozen = world.settings.get(upload.feed()).policy().onNewColumn() == SchemaPolicy.OnNewColumn.FREEZE;
        for (int i = 0; i < rows.size(); i++) {
            long number = i + 1L;
            boolean mayBeTail = upload.content().container() == Container.CUT_GZIP && i == rows.size() - 1;
            SimRow row = rows.get(i);
            if (loaded.containsKey(number)) {
                checkCells(file, number, row, loaded.get(number));
            } else if (complete && row.kind() == Kind.GOOD && !frozen && !mayBeTail) {
                faults.add("good row " + number + " of " + file + " is not in the table");
            }
            if (complete && row.kind() == Kind.BAD && !quarantined.contains(number)) {
                faults.add("bad row " + number + " of " + file + " is not in quarantine");
            }
        }
        if (!complete && file.state() != State.UNBALANCED && !loaded.isEmpty()) {
            faults.add(file + " has rows in the table");
        }
    }

    private void checkCells(FileState file, long number, SimRow row, Map<String, String> cells) {
        if (row.kind() == Kind.BAD) {
            faults.add("bad row " + number + " of " + file + " was loaded: " + cells);
            return;
        }
        String rescued = cells.getOrDefault("_RESCUED", "");
        Set<String> expected = new HashSet<>(Set.of("_RESCUED"));
        row.cells().forEach((key, token) -> {
            String name = key.toUpperCase(Locale.ROOT);
            expected.add(name);
            String value = cells.get(name);
            if (value == null ? !rescued.contains(token) : !same(token, value)) {
                faults.add("row " + number + " of " + file + ": " + key + " was " + token + " and is " + value
                        + ", rescued " + rescued);
            }
        });
        if (!expected.containsAll(cells.keySet())) {
            faults.add("row " + number + " of " + file + " has columns it never had: " + cells);
        }
    }

    private static boolean same(String token, String value) {
        if (token.startsWith("\"")) {
            return token.substring(1, token.length() - 1)
                    .replace("\\u00e9", "é")
                    .equals(value);
        }
        return token.equals(value) || new BigDecimal(token).compareTo(new BigDecimal(value)) == 0;
    }

    private static boolean sameBytes(Upload one, Upload other) {
        return java.util.Arrays.equals(one.content().bytes(), other.content().bytes());
    }

    private static Set<State> with(boolean really, State more, Set<State> states) {
        Set<State> all = new HashSet<>(states);
        if (really) {
            all.add(more);
        }
        return all;
    }
}
