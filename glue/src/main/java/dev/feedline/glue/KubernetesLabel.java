package dev.feedline.glue;

/// What Spark labels everything with that a run has Kubernetes make: the id of the run's applications.
final class KubernetesLabel {
    static final String NAME = "spark-app-selector";
    /// A label's value has at most 63 characters, and a run's id may have 80.
    private static final int DIGITS = 40;

    private KubernetesLabel() {}

    /// @param runId `jr_`, 64 digits, and `_attempt_<n>` where it is not the first one
    static String value(String runId) {
        String attempt = runId.replaceFirst("^jr_[0-9a-f]*", "");
        String digits = runId.substring(0, runId.length() - attempt.length()).replaceFirst("^jr_", "");
        return "feedline-" + digits.substring(0, Math.min(DIGITS, digits.length())) + attempt;
    }
}
