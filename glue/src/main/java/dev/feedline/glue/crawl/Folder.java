package dev.feedline.glue.crawl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A folder below an include path: what its own files hold, and its folders.
///
/// It keeps what its files have in common, and of each only as long as they may still become tables of their own.
public final class Folder {
    /// The most files of one folder that may become a table each.
    static final int MOST_LONE_FILES = 100;

    private final String path;
    private final TreeMap<String, Folder> folders = new TreeMap<>();
    private final List<LoneFile> files = new ArrayList<>();
    private int counted;
    private @Nullable Found found;
    private boolean agree = true;
    private long read;
    private long unreadObjects;
    private long unreadBytes;

    /// A file that may become a table of its own.
    record LoneFile(String key, Found found) {}

    /// What all files below a folder hold when they go together.
    ///
    /// @param depth how many folders lie between it and each file
    record Together(int depth, Found found) {
        boolean goesWith(Together other, boolean whateverColumns) {
            return depth == other.depth && found.goesWith(other.found, whateverColumns);
        }

        Together and(Together other) {
            return new Together(depth, found.and(other.found));
        }
    }

    Folder(String path) {
        this.path = path;
    }

    /// The key's beginning: empty for a bucket, else with a slash at its end.
    public String path() {
        return path;
    }

    TreeMap<String, Folder> folders() {
        return folders;
    }

    List<LoneFile> files() {
        return files;
    }

    /// How many of its files were looked into.
    public long read() {
        return read;
    }

    boolean hasFiles() {
        return read > 0;
    }

    /// Whether the include path is itself an object, and nothing lies below its key and a slash.
    boolean isOneObject() {
        return folders.isEmpty()
                && read == 1
                && unreadObjects == 0
                && !files.isEmpty()
                && path.equals(files.getFirst().key() + "/");
    }

    boolean hasMoreFilesThanAreKept() {
        return read > files.size();
    }

    Folder child(String name) {
        return folders.computeIfAbsent(name, one -> new Folder(path + one + "/"));
    }

    void add(String key, Found file, boolean whateverColumns) {
        read++;
        if (files.size() < MOST_LONE_FILES) {
            files.add(new LoneFile(key, file));
        }
        if (found == null) {
            found = file;
        } else if (agree && found.goesWith(file, whateverColumns)) {
            found = found.and(file);
        } else {
            agree = false;
        }
    }

    /// For when the walk goes on elsewhere. A folder without folders, to which it does not come back, forgets its files
    /// when they go together, as they are one table or part of one.
    ///
    /// @return how many of its files are surely tables of their own, and were not at the last leave
    int leave() {
        if (folders.isEmpty() && agree) {
            files.clear();
        }
        int more = files.size() - counted;
        counted = files.size();
        return more;
    }

    /// Forgets the folders below that have no files: theirs were deleted between listing and reading.
    void prune() {
        folders.values().removeIf(folder -> {
            folder.prune();
            return !folder.hasFiles() && folder.folders.isEmpty();
        });
    }

    void addUnread(long bytes) {
        unreadObjects++;
        unreadBytes += bytes;
    }

    /// What its own files hold, when they go together.
    Optional<Found> own() {
        return found == null || !agree ? Optional.empty() : Optional.of(found.andUnread(unreadBytes, unreadObjects));
    }

    /// What everything below it holds, when all files lie equally deep and go together.
    Optional<Together> together(boolean whateverColumns) {
        if (folders.isEmpty()) {
            return own().map(own -> new Together(0, own));
        }
        if (hasFiles()) {
            return Optional.empty();
        }
        Optional<Together> all = Optional.empty();
        for (Folder folder : folders.values()) {
            Optional<Together> one = folder.together(whateverColumns);
            if (one.isEmpty() || (all.isPresent() && !all.get().goesWith(one.get(), whateverColumns))) {
                return Optional.empty();
            }
            all = all.map(before -> before.and(one.get())).or(() -> one);
        }
        return all.map(one -> new Together(one.depth() + 1, one.found()));
    }
}
