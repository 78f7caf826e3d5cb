package dev.feedline.app.warehouse;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Driver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Snowflake's JDBC driver, loaded from its jar.
final class SnowflakeDriver {
    private static final String CLASS = "net.snowflake.client.jdbc.SnowflakeDriver";
    /// Once for the process: the driver starts threads that never end, so its classes stay, whoever loads them.
    private static final Map<Path, Driver> LOADED = new ConcurrentHashMap<>();
    /// Whatever the driver logs it throws as well; held, because a logger that nobody holds is lost.
    private static final Logger DRIVERS_LOG = Logger.getLogger("net.snowflake");

    private SnowflakeDriver() {}

    static Driver of(Path jar) throws IOException {
        Path path = jar.toAbsolutePath().normalize();
        Driver known = LOADED.get(path);
        if (known == null) {
            DRIVERS_LOG.setLevel(Level.OFF);
            Driver loaded = load(path);
            Driver first = LOADED.putIfAbsent(path, loaded);
            known = first == null ? loaded : first;
        }
        return known;
    }

    /// By itself: it brings copies of much that Feedline has, too.
    private static Driver load(Path jar) throws IOException {
        URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        try {
            return (Driver) loader.loadClass(CLASS).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            loader.close();
            throw new IOException(
                    "Snowflake's JDBC driver (" + CLASS + ") is not in " + jar
                            + ". Name its jar in the definition: warehouse.driver.",
                    e);
        }
    }
}
