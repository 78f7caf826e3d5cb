package dev.feedline.convert;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Looks at the landing bucket: which chunks have rows there, and which of them are ready.
final class Landing {
    private final Bodies landing;
    private final Bodies lake;
    private final Safety safety;
    private final IndexCache cache = new IndexCache();
    private final FinishedObjects finished = new FinishedObjects();

    Landing(Bodies landing, Bodies lake, Safety safety) {
        this.landing = landing;
        this.lake = lake;
        this.safety = safety;
    }

    Landed look(String feed) throws IOException {
        SortedSet<String> objects = keys(landing, Keys.data(feed), "");
        finished.leaveOut(feed, objects);
        Indexes indexes = new Indexes(feed, objects);
        SortedSet<ChunkName> pending = new TreeSet<>();
        List<String> unmarked = new ArrayList<>();
        for (String key : objects) {
            LandingIndex index = indexes.of(key);
            pending.addAll(index.runs().keySet());
            if (index.unmarked() > 0) {
                unmarked.add(key);
            }
        }
        pending.removeIf(chunksUnder(lake, Keys.data(feed), pending)::contains);
        Set<ChunkName> recorded = chunksUnder(landing, Keys.chunkRecords(feed), pending);
        Map<ChunkName, List<RunAt>> runs = new TreeMap<>();
        for (String key : objects) {
            LandingIndex index = indexes.of(key);
            if (index.unmarked() == 0 && Collections.disjoint(index.runs().keySet(), pending)) {
                finished.add(feed, key);
            }
            index.runs().forEach((chunk, found) -> {
                if (recorded.contains(chunk) && pending.contains(chunk)) {
                    List<RunAt> all = runs.computeIfAbsent(chunk, name -> new ArrayList<>());
                    found.forEach(run -> all.add(new RunAt(key, run)));
                }
            });
        }
        return sorted(feed, pending, runs, unmarked);
    }

    /// The landing objects without an index, in the order of their keys.
    List<String> unindexed(String feed) throws IOException {
        SortedSet<String> objects = keys(landing, Keys.data(feed), "");
        finished.leaveOut(feed, objects);
        objects.removeIf(key -> cache.get(key) != null);
        if (!objects.isEmpty()) {
            landing.list(
                    Keys.indexes(feed),
                    Keys.beforeIndex(feed, objects.first()),
                    found -> objects.remove(Keys.landingKeyOfIndex(feed, found.key())));
        }
        return List.copyOf(objects);
    }

    private Landed sorted(String feed, Set<ChunkName> pending, Map<ChunkName, List<RunAt>> runs, List<String> unmarked)
            throws IOException {
        List<ReadyChunk> ready = new ArrayList<>();
        List<ChunkName> waiting = new ArrayList<>();
        for (ChunkName chunk : pending) {
            List<RunAt> found = runs.getOrDefault(chunk, List.of());
            if (!found.isEmpty() && mayBeComplete(feed, chunk, found)) {
                ready.add(new ReadyChunk(feed, chunk, found));
            } else {
                waiting.add(chunk);
            }
        }
        return new Landed(ready, waiting, unmarked);
    }

    /// Exact when nothing came twice; when something did, reading the rows decides.
    private boolean mayBeComplete(String feed, ChunkName chunk, List<RunAt> runs) throws IOException {
        try (InputStream in = landing.read(Keys.chunkRecord(feed, chunk))) {
            long landed = runs.stream().mapToLong(at -> at.run().rows()).sum();
            return !safety.awaitAllRows()
                    || landed >= ChunkRecordJson.readHeader(in).good();
        }
    }

    /// The indexes of one look's objects, in the order of their keys; those that are not there yet are made.
    private final class Indexes {
        private final String feed;
        private final SortedSet<String> objects;
        private @Nullable Set<String> stored;

        Indexes(String feed, SortedSet<String> objects) {
            this.feed = feed;
            this.objects = objects;
        }

        LandingIndex of(String landingKey) throws IOException {
            LandingIndex known = cache.get(landingKey);
            if (known != null) {
                return known;
            }
            LandingIndex index = storedOrMade(landingKey);
            cache.put(landingKey, index);
            return index;
        }

        private LandingIndex storedOrMade(String landingKey) throws IOException {
            Set<String> there = stored;
            if (there == null) {
                // Index keys go like the keys of their objects, so those of earlier objects need not be listed.
                there = keys(landing, Keys.indexes(feed), Keys.beforeIndex(feed, objects.first()));
                stored = there;
            }
            for (boolean hasUnmarked : new boolean[] {false, true}) {
                String indexKey = Keys.index(feed, landingKey, hasUnmarked);
                if (there.contains(indexKey)) {
                    return readIndex(indexKey);
                }
            }
            return makeIndex(feed, landingKey);
        }
    }

    private LandingIndex readIndex(String indexKey) throws IOException {
        try (InputStream in = landing.read(indexKey)) {
            return LandingIndexJson.read(in);
        }
    }

    LandingIndex makeIndex(String feed, String landingKey) throws IOException {
        try (InputStream in = landing.read(landingKey)) {
            LandingIndex index = LandingIndexer.index(in);
            try (Spool body = LandingIndexJson.write(index)) {
                landing.putIfAbsent(Keys.index(feed, landingKey, index.unmarked() > 0), body);
            }
            return index;
        }
    }

    /// Chunk names begin with their file's second, so nothing before the oldest pending one need be listed.
    private static Set<ChunkName> chunksUnder(Bodies bucket, String prefix, SortedSet<ChunkName> pending)
            throws IOException {
        Set<ChunkName> chunks = new HashSet<>();
        if (!pending.isEmpty()) {
            bucket.list(prefix, prefix + pending.first().fileId(), found -> chunks.add(ChunkName.ofKey(found.key())));
        }
        return chunks;
    }

    private static SortedSet<String> keys(Bodies bucket, String prefix, String after) throws IOException {
        SortedSet<String> keys = new TreeSet<>();
        bucket.list(prefix, after, found -> keys.add(found.key()));
        return keys;
    }
}
