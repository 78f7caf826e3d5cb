package dev.feedline.glue;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.JobCommand;

/// What a job's command names, and so how its runs run.
///
/// What cannot be run is refused when the job is created, and again when it is started, rather than
/// being accepted and never run.
sealed interface Script {
    String BUILT_IN = "feedline:builtin/";

    /// Runs inside Feedline.
    record BuiltIn(GlueJob job) implements Script {}

    /// Runs on Spark.
    ///
    /// @param location of a Scala script or a jar; empty for a class of Feedline's own
    /// @param mainClass known only for a class of Feedline's own; a user's is named by `--class`
    record OnSpark(Optional<S3Place> location, Optional<String> mainClass) implements Script {
        boolean isOwn() {
            return location.isEmpty();
        }
    }

    static Script of(@Nullable JobCommand command, GlueSettings settings) {
        if (command == null) {
            throw GlueError.INVALID_INPUT.because("Command must be given");
        }
        refuseOtherKinds(command);
        String location = command.scriptLocation();
        if (location == null || location.isEmpty()) {
            throw GlueError.INVALID_INPUT.because("Command.ScriptLocation must be given");
        }
        return location.startsWith(BUILT_IN) ? builtIn(location, settings) : onSpark(location, settings);
    }

    private static void refuseOtherKinds(JobCommand command) {
        String reason = switch (command.name() == null ? "glueetl" : command.name()) {
            case "glueetl" -> "";
            case "pythonshell" -> "Feedline runs no Python";
            case "gluestreaming" -> "Feedline runs no streaming jobs, only such that end (glueetl)";
            case "glueray" -> "Feedline runs no Ray";
            default -> "Glue has glueetl, gluestreaming, pythonshell and glueray, of which Feedline runs glueetl";
        };
        if (!reason.isEmpty()) {
            throw GlueError.INVALID_INPUT.because(
                    "Command " + command.name() + " is not supported by Feedline: " + reason);
        }
    }

    private static Script builtIn(String location, GlueSettings settings) {
        String name = location.substring(BUILT_IN.length());
        GlueJob job = settings.builtIn().get(name);
        if (job != null) {
            return new BuiltIn(job);
        }
        Map<String, String> onSpark =
                settings.spark().map(SparkSettings::builtIn).orElse(Map.of());
        String mainClass = onSpark.get(name);
        if (mainClass != null) {
            return new OnSpark(Optional.empty(), Optional.of(mainClass));
        }
        TreeSet<String> names = new TreeSet<>(settings.builtIn().keySet());
        names.addAll(onSpark.keySet());
        throw GlueError.INVALID_INPUT.because(
                "ScriptLocation " + location + " names no built-in job; there are " + names);
    }

    private static Script onSpark(String location, GlueSettings settings) {
        S3Place place = S3Place.parse("ScriptLocation", location);
        String name = place.key().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".scala") && !name.endsWith(".jar")) {
            throw GlueError.INVALID_INPUT.because("ScriptLocation " + location
                    + " cannot be run by Feedline: it runs Scala scripts (.scala) and jars (.jar, with --class)"
                    + (name.endsWith(".py") ? ", no Python" : ""));
        }
        if (settings.spark().isEmpty()) {
            throw GlueError.INVALID_INPUT.because(
                    "ScriptLocation " + location + " cannot be run by this Feedline: " + settings.noSpark());
        }
        return new OnSpark(Optional.of(place), Optional.empty());
    }
}
