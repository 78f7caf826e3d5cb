package dev.feedline.gateway.snowflake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The statements under way and the results that may still be asked for, by query id and by request id.
///
/// A result stays until its session ends, an asynchronous one beyond that, but no longer than its life after it was
/// last read; when there are too many, those that were read longest ago go first.
final class Executions {
    /// Each holds at most [RowsWriter#FIRST_BYTES] of rows in memory.
    static final int MOST_KEPT = 500;

    /// Requests that were stopped before they came: an abort may overtake its statement.
    private static final int MOST_EARLY_ABORTS = 256;

    private final ProtocolSettings settings;
    private final ResultFolder folder;
    private final Map<String, Execution> byQuery = new ConcurrentHashMap<>();
    private final Map<String, Execution> byRequest = new ConcurrentHashMap<>();
    private final Map<String, Execution> byFile = new ConcurrentHashMap<>();

    private final Set<String> earlyAborts =
            Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > MOST_EARLY_ABORTS;
                }
            }));

    Executions(ProtocolSettings settings, ResultFolder folder) {
        this.settings = settings;
        this.folder = folder;
    }

    /// @return the one that has the request's id already: the driver has sent it again
    Optional<Execution> add(Execution execution) {
        if (!execution.requestId.isEmpty()) {
            Execution earlier = byRequest.putIfAbsent(execution.requestId, execution);
            if (earlier != null) {
                return Optional.of(earlier);
            }
        }
        byQuery.put(execution.queryId, execution);
        if (earlyAborts.remove(execution.requestId)) {
            execution.abortBeforeStart();
        }
        evict();
        return Optional.empty();
    }

    /// Its chunks can be fetched as soon as it has ended: whoever is told of them may ask at once.
    void offer(Execution execution, QueryAnswer answer) {
        answer.rows().file().ifPresent(file -> byFile.put(String.valueOf(file.getFileName()), execution));
    }

    /// What is left of it goes when its session has ended meanwhile.
    void ended(Execution execution) {
        if (!byQuery.containsKey(execution.queryId)) {
            dropFile(execution);
        }
    }

    Optional<Execution> byQueryId(String queryId) {
        return touched(byQuery.get(queryId));
    }

    /// The statement of a request that is to be stopped; when it has not come yet, it will find itself stopped.
    Optional<Execution> toAbort(String requestId) {
        Execution execution = byRequest.get(requestId);
        if (execution == null && !requestId.isEmpty()) {
            earlyAborts.add(requestId);
        }
        return Optional.ofNullable(execution);
    }

    /// @param address `file/number`
    Optional<ChunkFile> chunk(String address) {
        int slash = address.indexOf('/');
        Execution execution = slash < 0 ? null : byFile.get(address.substring(0, slash));
        return touched(execution)
                .flatMap(Execution::answer)
                .flatMap(answer -> answer.rows().chunks().stream()
                        .filter(chunk -> chunk.address().equals(address))
                        .findFirst()
                        .map(chunk ->
                                new ChunkFile(answer.rows().file().orElseThrow(), chunk.offset(), chunk.length())));
    }

    /// Stops what the session waits for and forgets its results.
    void end(Sessions.Open session) throws InterruptedException {
        for (Execution execution : List.copyOf(byQuery.values())) {
            if (execution.session == session && !execution.detached) {
                execution.abort();
                remove(execution);
            }
        }
    }

    void abortAll() throws InterruptedException {
        for (Execution execution : List.copyOf(byQuery.values())) {
            execution.abort();
        }
    }

    private Optional<Execution> touched(@org.jspecify.annotations.Nullable Execution execution) {
        Optional<Execution> found = Optional.ofNullable(execution);
        found.ifPresent(one -> one.touch(settings.clock().instant()));
        return found;
    }

    private void evict() {
        Instant oldest = settings.clock().instant().minus(settings.resultLife());
        Stream<Execution> kept = byQuery.values().stream().filter(Execution::isEnded);
        List<Execution> byAge =
                kept.sorted(Comparator.comparing(Execution::touched)).toList();
        int over = byAge.size() - MOST_KEPT;
        for (int i = 0; i < byAge.size(); i++) {
            if (i < over || byAge.get(i).touched().isBefore(oldest)) {
                remove(byAge.get(i));
            }
        }
    }

    private void remove(Execution execution) {
        if (byQuery.remove(execution.queryId) != null) {
            byRequest.remove(execution.requestId, execution);
            dropFile(execution);
        }
    }

    /// RESULT_SCAN's answer has the rows of another's: the file goes with the last of them.
    private void dropFile(Execution execution) {
        Optional<Path> file = file(execution);
        if (file.isEmpty()) {
            return;
        }
        String name = String.valueOf(file.get().getFileName());
        Optional<Execution> other =
                byQuery.values().stream().filter(one -> file(one).equals(file)).findFirst();
        if (other.isPresent()) {
            byFile.put(name, other.get());
            return;
        }
        byFile.remove(name);
        try {
            folder.remove(file.get(), execution.answer().orElseThrow().rows().bytes());
        } catch (IOException e) {
            throw new UncheckedIOException("The result " + file.get() + " cannot be removed", e);
        }
    }

    private static Optional<Path> file(Execution execution) {
        return execution.answer().flatMap(answer -> answer.rows().file());
    }
}
