package dev.feedline.app.doctor;

/// What one check found.
///
/// @param subject what was looked at, in a word or two
/// @param said what is there
/// @param advice what to do about it; empty when nothing need be done
public record Finding(Level level, String subject, String said, String advice) {
    /// How bad it is.
    public enum Level {
        OK,
        /// It works, but not as it should, or not for long.
        WARN,
        /// Feedline cannot work so.
        FAIL
    }

    static Finding ok(String subject, String said) {
        return new Finding(Level.OK, subject, said, "");
    }

    static Finding warn(String subject, String said, String advice) {
        return new Finding(Level.WARN, subject, said, advice);
    }

    static Finding fail(String subject, String said, String advice) {
        return new Finding(Level.FAIL, subject, said, advice);
    }
}
