package dev.feedline.glue;

/// A job that runs inside Feedline, named by a script location `feedline:builtin/<name>`.
///
/// One instance serves all runs, several at once when the job allows it.
@FunctionalInterface
public interface GlueJob {
    /// Does the work of one run; returning means SUCCEEDED, throwing means FAILED with the exception as
    /// its message.
    ///
    /// A run is never interrupted (that would close the files and logs of the services it calls), it is
    /// asked: a job that works for long calls [GlueJobRun#checkStopped] between its steps. Whatever it
    /// has done may be done again by a retry.
    void run(GlueJobRun run) throws Exception;
}
