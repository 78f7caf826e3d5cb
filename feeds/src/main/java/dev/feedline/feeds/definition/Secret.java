package dev.feedline.feeds.definition;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a secret is to be found: a definition never holds one itself, so that it can lie in version control.
public sealed interface Secret {
    Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^{}]+)}");

    /// A variable of the environment.
    record OfEnvironment(String name) implements Secret {
        @Override
        public String toString() {
            return "${env:" + name + "}";
        }
    }

    /// A file; for a password, without the line break at its end.
    record OfFile(Path path) implements Secret {
        @Override
        public String toString() {
            return "${file:" + path + "}";
        }
    }

    /// Reads `${env:NAME}` or `${file:PATH}`.
    ///
    /// @param folder what a path that is not absolute begins in
    /// @throws IllegalArgumentException that does not say what was written, which may be the secret itself
    static Secret parse(String text, Path folder) {
        Matcher reference = REFERENCE.matcher(text);
        if (!reference.matches()) {
            throw new IllegalArgumentException(
                    "a secret does not stand here; say where it is: ${env:NAME} or ${file:PATH}");
        }
        String place = reference.group(2);
        return reference.group(1).equals("env") ? new OfEnvironment(place) : new OfFile(folder.resolve(place));
    }
}
