package dev.feedline.convert;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// One run of the conversion job: converts every chunk of every feed that is ready, and looks
/// again until a look finds nothing.
///
/// Whose threads or machines do the work is the engine's affair.
public final class ConversionRun {
    private final Supplier<List<String>> feeds;
    private final Engine engine;
    private final Streamed streamed;
    private final LongSupplier bytesPerLook;
    private final Set<String> handedOver = new HashSet<>();
    /// Tried without a lake object to show for it; they have their turn when nothing else is ready.
    private final Set<ChunkName> fruitless = new HashSet<>();
    private final Map<String, Map<ChunkName, String>> damagedByFeed = new HashMap<>();
    private boolean hasLeft;

    /// Who looks, and who converts.
    public interface Engine {
        Landed look(String feed) throws IOException;

        /// Converts them all; what became of each, in any order. The first failure that is not a
        /// damaged chunk's own comes out.
        List<ChunkResult> convert(List<ReadyChunk> chunks) throws IOException;
    }

    /// Sees to landing objects with rows that carry no mark.
    public interface Streamed {
        /// Hands them to ingest, unless that has been done.
        ///
        /// @param done those that this run has had its turn with; grows
        /// @return how many
        long handOver(Collection<String> landingKeys, Set<String> done);
    }

    /// @param feeds names them all, asked at each look
    /// @param bytesPerLook what is converted between two looks, as landed: a feed with much to
    /// do does not hold up the others
    public ConversionRun(Supplier<List<String>> feeds, Engine engine, Streamed streamed, LongSupplier bytesPerLook) {
        this.feeds = feeds;
        this.engine = engine;
        this.streamed = streamed;
        this.bytesPerLook = bytesPerLook;
    }

    /// Converts what is ready, and what becomes ready meanwhile.
    ///
    /// A chunk whose rows are damaged is reported and does not hold up the others.
    ///
    /// @param progress hears after each look what the run has done until then
    public ConversionReport run(Consumer<ConversionReport> progress) throws IOException {
        ConversionReport total = ConversionReport.NOTHING;
        ConversionReport look;
        do {
            look = ConversionReport.NOTHING;
            hasLeft = false;
            for (String feed : feeds.get()) {
                look = look.beside(convert(feed));
            }
            total = look.after(total);
            progress.accept(total);
        } while (look.didSomething() || hasLeft);
        return total;
    }

    private ConversionReport convert(String feed) throws IOException {
        Landed landed = engine.look(feed);
        List<ChunkResult> results = engine.convert(turn(landed.ready()));
        long converted = 0;
        long rows = 0;
        long alreadyThere = 0;
        long waiting = landed.waiting().size();
        Map<ChunkName, String> damaged = damagedByFeed.computeIfAbsent(feed, name -> new TreeMap<>());
        for (ChunkResult result : results) {
            damaged.remove(result.chunk());
            switch (result.outcome()) {
                case CONVERTED -> {
                    converted++;
                    rows += result.rows();
                }
                case ALREADY_THERE -> alreadyThere++;
                case INCOMPLETE -> {
                    waiting++;
                    fruitless.add(result.chunk());
                }
                case DAMAGED -> {
                    damaged.put(result.chunk(), result.reason());
                    fruitless.add(result.chunk());
                }
            }
        }
        return new ConversionReport(
                converted,
                rows,
                alreadyThere,
                waiting,
                streamed.handOver(landed.unmarked(), handedOver),
                List.copyOf(damaged.values()));
    }

    /// As many of the ready chunks as make up `bytesPerLook`, at least one.
    private List<ReadyChunk> turn(List<ReadyChunk> ready) {
        List<ReadyChunk> untried = ready.stream()
                .filter(chunk -> !fruitless.contains(chunk.name()))
                .toList();
        List<ReadyChunk> turn = new ArrayList<>();
        long most = bytesPerLook.getAsLong();
        long bytes = 0;
        for (ReadyChunk chunk : untried.isEmpty() ? ready : untried) {
            if (!turn.isEmpty() && bytes >= most) {
                hasLeft |= !untried.isEmpty();
                break;
            }
            turn.add(chunk);
            bytes += chunk.bytes();
        }
        return turn;
    }
}
