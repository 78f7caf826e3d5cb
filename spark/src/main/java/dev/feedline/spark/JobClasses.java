package dev.feedline.spark;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/// What a job's classes are loaded from: its jars, and its script once that is compiled.
///
/// @param shipped the jars that executors in other processes need: the job's, and what Spark's own distribution lacks
record JobClasses(ClassLoader loader, List<Path> shipped) {
    /// Packages of jars that a driver has and a cluster's executors do not.
    private static final List<String> NOT_SPARKS = List.of(
            "dev/feedline/",
            "com/amazonaws/services/glue/",
            "software/amazon/awssdk/",
            "software/amazon/eventstream/",
            "tools/jackson/",
            "org/reactivestreams/",
            "org/xerial/snappy/",
            "com/github/luben/zstd/");

    static JobClasses of(RunLine line) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (Path jar : line.jars()) {
            if (!Files.isRegularFile(jar)) {
                throw new IOException("the jar " + jar + " of job " + line.jobName() + " is not there");
            }
            jars.add(jar);
        }
        Path script = line.script();
        if (script != null) {
            jars.add(compiled(script, jars, line.scripts()));
        }
        List<Path> shipped = new ArrayList<>(jars);
        if (!SparkSettings.isLocal(line.master())) {
            shipped.addAll(ofDriver());
        }
        return new JobClasses(new UserClasses(jars, JobClasses.class.getClassLoader()), shipped);
    }

    private static Path compiled(Path script, List<Path> jars, @Nullable Path scripts) throws IOException {
        Path folder = Files.createTempDirectory("feedline-script-");
        SparkSettings.deleteAtExit(folder);
        Path jar = folder.resolve("script.jar");
        if (scripts == null) {
            compile(script, jars, folder, jar);
            return jar;
        }
        CompiledScripts compiled = new CompiledScripts(scripts);
        String name = CompiledScripts.name(script, jars, classPath(), System.getProperty("java.version"));
        if (!copied(compiled, name, jar)) {
            compile(script, jars, folder, jar);
            keep(compiled, name, jar);
        }
        return jar;
    }

    private static boolean copied(CompiledScripts compiled, String name, Path jar) {
        try {
            return compiled.copy(name, jar);
        } catch (IOException e) {
            System.err.println("The compiled script cannot be taken from " + compiled.folder()
                    + ", so that it is compiled again: " + e);
            return false;
        }
    }

    /// The run has its jar; the next one compiles the script again.
    private static void keep(CompiledScripts compiled, String name, Path jar) {
        try {
            compiled.keep(name, jar);
        } catch (IOException e) {
            System.err.println("The compiled script is not kept in " + compiled.folder()
                    + ", so that it will be compiled again at the next run: " + e);
        }
    }

    private static void compile(Path script, List<Path> jars, Path folder, Path jar) throws IOException {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        String classPath = Stream.concat(classPath().stream(), jars.stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        ScriptCompiler.compile(script, classPath, classes);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
                packed.putNextEntry(new JarEntry(name));
                Files.copy(file, packed);
            }
        }
    }

    private static List<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }

    private static List<Path> ofDriver() throws IOException {
        List<Path> jars = new ArrayList<>();
        for (Path path : classPath()) {
            if (path.toString().endsWith(".jar") && isNotSparks(path)) {
                jars.add(path.toAbsolutePath());
            }
        }
        return jars;
    }

    private static boolean isNotSparks(Path jar) throws IOException {
        try (JarFile open = new JarFile(jar.toFile())) {
            return open.stream().map(ZipEntry::getName).anyMatch(JobClasses::isNotSparksClass);
        }
    }

    private static boolean isNotSparksClass(String entry) {
        return entry.endsWith(".class") && NOT_SPARKS.stream().anyMatch(entry::startsWith);
    }
}
