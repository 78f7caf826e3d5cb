package dev.feedline.app.spark;

import dev.feedline.app.fetch.MavenRepository;
import dev.feedline.app.fetch.RemoteFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Spark and all it needs, as one resolved set of jars: fetched once into the user's cache folder, then there without
/// a network.
///
/// The list of them, with their checksums, is made from what Maven resolves for the room `spark`
/// (`SparkSetProofTest`), so that a driver runs with just what it was compiled with. What only a master `k8s://…` needs
/// is a list of its own.
record SparkSet(List<Jar> jars) {
    private static final String LIST = "set.list";
    private static final String KUBERNETES = "kubernetes.list";
    private static final int AT_ONCE = 6;
    /// How often the way is told: at every so many hundredths.
    private static final int STEPS = 10;

    SparkSet {
        jars = List.copyOf(jars);
    }

    /// One jar: `group:artifact:version`, or `group:artifact:version:classifier`.
    record Jar(String coordinates, long size, String sha256) {
        static Jar parse(String line) {
            String[] words = line.split(" ");
            if (words.length != 3 || words[0].split(":").length < 3) {
                throw new IllegalArgumentException("'" + line + "' is no line of a list of jars");
            }
            return new Jar(words[0], Long.parseLong(words[1]), words[2]);
        }

        /// Where it is in a repository.
        String path() {
            String[] parts = coordinates.split(":");
            return parts[0].replace('.', '/') + "/" + parts[1] + "/" + parts[2] + "/" + name();
        }

        String name() {
            String[] parts = coordinates.split(":");
            return parts[1] + "-" + parts[2] + (parts.length > 3 ? "-" + parts[3] : "") + ".jar";
        }

        @Override
        public String toString() {
            return coordinates + " " + size + " " + sha256;
        }
    }

    /// The set that this Feedline was built with.
    static SparkSet ours() throws IOException {
        return list(LIST);
    }

    /// Spark's module of Kubernetes and the client that it uses.
    static SparkSet ofKubernetes() throws IOException {
        return list(KUBERNETES);
    }

    private static SparkSet list(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(SparkSet.class.getResourceAsStream(name));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return new SparkSet(lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Jar::parse)
                    .toList());
        }
    }

    SparkSet with(SparkSet more) {
        List<Jar> all = new ArrayList<>(jars);
        all.addAll(more.jars);
        return new SparkSet(all);
    }

    long bytes() {
        return jars.stream().mapToLong(Jar::size).sum();
    }

    /// The jars in the folder, in their order; those that are not there are taken from Maven's own folder, where they
    /// may be already, or fetched.
    ///
    /// @param telling told what takes time; may throw to give up
    List<Path> in(Path folder, Path mavens, Repository repository, Consumer<String> telling) throws IOException {
        List<Path> paths = jars.stream().map(jar -> folder.resolve(jar.name())).toList();
        List<Jar> missing = new ArrayList<>();
        for (Jar jar : jars) {
            if (!remote(jar, jar.path()).isAt(folder.resolve(jar.name()))) {
                missing.add(jar);
            }
        }
        if (missing.isEmpty()) {
            return paths;
        }
        Files.createDirectories(folder);
        missing.removeIf(jar -> isTaken(jar, mavens.resolve(jar.path()), folder.resolve(jar.name())));
        if (!missing.isEmpty()) {
            fetch(missing, folder, repository.find(), telling);
        }
        return paths;
    }

    /// Looked up only when something has to be fetched.
    interface Repository {
        MavenRepository find() throws IOException;
    }

    private static boolean isTaken(Jar jar, Path theirs, Path ours) {
        try {
            if (!remote(jar, jar.path()).isSameAs(theirs)) {
                return false;
            }
            Files.deleteIfExists(ours);
            try {
                Files.createLink(ours, theirs);
            } catch (UnsupportedOperationException | IOException e) {
                Files.copy(theirs, ours); // on another volume
            }
            return remote(jar, jar.path()).isAt(ours);
        } catch (IOException e) {
            return false; // it is fetched instead
        }
    }

    private static RemoteFile remote(Jar jar, String from) {
        return new RemoteFile(jar.coordinates(), java.net.URI.create(from), jar.size(), jar.sha256());
    }

    private static void fetch(List<Jar> missing, Path folder, MavenRepository repository, Consumer<String> telling)
            throws IOException {
        Told told = new Told(missing.stream().mapToLong(Jar::size).sum(), telling);
        telling.accept("Fetching Apache Spark (" + missing.size() + " jars, " + told.megabytes() + " MB, once) from "
                + repository.base() + " into " + folder + " …");
        Semaphore free = new Semaphore(AT_ONCE);
        try (HttpClient http = RemoteFile.client();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (Jar jar : missing) {
                all.add(threads.submit(() -> {
                    free.acquire();
                    try {
                        remote(jar, repository.at(jar.path()).toString())
                                .to(folder.resolve(jar.name()), http, told::arrived);
                    } finally {
                        free.release();
                    }
                    return null;
                }));
            }
            await(all, threads);
        }
    }

    private static void await(List<Future<?>> all, ExecutorService threads) throws IOException {
        try {
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            threads.shutdownNow();
            if (e.getCause() instanceof RuntimeException stop) {
                throw stop;
            }
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(
                    "Apache Spark could not be fetched: " + cause.getMessage()
                            + " What has arrived is kept; start it again to go on.",
                    cause);
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while fetching Apache Spark");
        }
    }

    /// Watches the set come into Maven's own folder, when it is Maven that fetches it.
    Arrival arrival(Path mavens, Consumer<String> telling) throws IOException {
        return new Arrival(this, mavens, telling);
    }

    /// The set on its way into a folder that somebody else fills.
    static final class Arrival {
        private final SparkSet set;
        private final Path folder;
        private final Told told;
        private long there;

        private Arrival(SparkSet set, Path folder, Consumer<String> telling) throws IOException {
            this.set = set;
            this.folder = folder;
            this.there = bytesThere();
            this.told = new Told(set.bytes() - there, telling);
        }

        /// What is to be fetched, in the words of a message; empty when all is there.
        String toCome() {
            return told.size == 0 ? "" : "; Maven fetches Apache Spark, " + told.megabytes() + " MB";
        }

        /// Tells what has come since the last look.
        void look() throws IOException {
            long now = bytesThere();
            if (now > there) {
                told.arrived(now - there);
                there = now;
            }
        }

        private long bytesThere() throws IOException {
            long bytes = 0;
            for (Jar jar : set.jars()) {
                if (remote(jar, jar.path()).isAt(folder.resolve(jar.path()))) {
                    bytes += jar.size();
                }
            }
            return bytes;
        }
    }

    /// How far the fetching is, told at every tenth.
    private static final class Told {
        private final long size;
        private final Consumer<String> telling;
        private final AtomicLong arrived = new AtomicLong();

        Told(long size, Consumer<String> telling) {
            this.size = size;
            this.telling = telling;
        }

        long megabytes() {
            return Math.round(size / 1e6);
        }

        void arrived(long bytes) {
            long before = arrived.getAndAdd(bytes);
            if (bytes > 0 && (before + bytes) * STEPS / size > before * STEPS / size) {
                telling.accept(String.format(
                        java.util.Locale.ROOT,
                        "Fetching Apache Spark: %,d of %,d MB",
                        Math.round((before + bytes) / 1e6),
                        megabytes()));
            }
        }
    }
}
