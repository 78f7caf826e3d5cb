package dev.feedline.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;

/// Snowflake's genuine JDBC driver, in its two lines.
enum JdbcDriver {
    /// 4.x, on the class path.
    CURRENT(JdbcDriver.class.getClassLoader()),
    /// 3.x, in a class loader of its own.
    FORMER(formerLoader());

    private final Driver driver;

    JdbcDriver(ClassLoader loader) {
        try {
            this.driver = (Driver) loader.loadClass("net.snowflake.client.jdbc.SnowflakeDriver")
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the driver does not load", e);
        }
    }

    int majorVersion() {
        return driver.getMajorVersion();
    }

    Connection connect(String url, Properties properties) throws SQLException {
        Properties all = new Properties();
        all.setProperty("ssl", "off");
        // It would ask the clouds' metadata services where it runs.
        all.setProperty("disablePlatformDetection", "true");
        all.putAll(properties);
        return driver.connect(url, all);
    }

    private static ClassLoader formerLoader() {
        Path jar = Path.of("target", "former-driver", "snowflake-jdbc-3.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar.toAbsolutePath() + " is not there; the build copies it");
        }
        try {
            return new URLClassLoader(
                    "former-driver", new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
