package dev.feedline.app.fetch;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/// Where the build's Maven comes from, and with it what Feedline fetches at run time.
///
/// Whoever lets the Maven wrapper use a repository of their own gets everything from there.
///
/// @param base ends in a slash
public record MavenRepository(URI base) {
    private static final Path WRAPPER = Path.of(".mvn", "wrapper", "maven-wrapper.properties");

    /// @param home the checkout
    /// @throws IOException naming the file that should say where, when it does not
    public static MavenRepository of(Path home) throws IOException {
        Properties wrapper = new Properties();
        Path file = home.resolve(WRAPPER);
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                wrapper.load(in);
            }
        }
        String maven = wrapper.getProperty("distributionUrl", "");
        int end = maven.indexOf("/org/apache/maven/");
        if (end < 0) {
            throw new IOException(file + " names no repository as distributionUrl.");
        }
        return new MavenRepository(URI.create(maven.substring(0, end + 1)));
    }

    /// @param path such as `org/slf4j/slf4j-api/2.0.17/slf4j-api-2.0.17.jar`
    public URI at(String path) {
        return base.resolve(path);
    }
}
