package dev.feedline.glue;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.JobCommand;

/// What a job's `ScriptLocation` names.
final class Script {
    private static final String BUILT_IN = "feedline:builtin/";

    private Script() {}

    /// The job a command runs.
    ///
    /// Every other script is refused here, when the job is created and when it is started, rather than
    /// being accepted and never run.
    static GlueJob of(@Nullable JobCommand command, Map<String, GlueJob> builtIn) {
        if (command == null) {
            throw GlueError.INVALID_INPUT.because("Command must be given");
        }
        String location = command.scriptLocation();
        if (location == null || !location.startsWith(BUILT_IN)) {
            throw GlueError.INVALID_INPUT.because(
                    "ScriptLocation " + location + " cannot be run by Feedline: it runs built-in jobs (" + BUILT_IN
                            + "<name>), no Spark or Python scripts");
        }
        GlueJob job = builtIn.get(location.substring(BUILT_IN.length()));
        if (job == null) {
            throw GlueError.INVALID_INPUT.because("ScriptLocation " + location + " names no built-in job; there are "
                    + builtIn.keySet().stream().sorted().toList());
        }
        return job;
    }
}
