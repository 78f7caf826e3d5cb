package dev.feedline.app;

import dev.feedline.kernel.Account;
import dev.feedline.kernel.Disk;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// `DIR/server.json`: which process serves this data folder, and where; written under the folder's lock, mode 0600.
///
/// It is a hint, not a lock: a killed server leaves it behind, so a reader checks that the process lives.
///
/// @param storage in which account and region of AWS the pipeline's buckets are, when they are not the server's own
/// @param warehouse where the pipeline's warehouse is, when that is not the server's own
public record ServerFile(
        long pid, String host, int port, Instant started, Optional<Account> storage, Optional<String> warehouse) {
    /// Of the file is read and written no more than a few values: to build a mapper takes a short command far longer.
    private static final JsonFactory JSON = new JsonFactory();
    private static final String NAME = "server.json";

    /// Of a server with everything of its own.
    public ServerFile(long pid, String host, int port, Instant started) {
        this(pid, host, port, started, Optional.empty(), Optional.empty());
    }

    /// The file of a server that runs now, if one does.
    public static Optional<ServerFile> ofRunning(Path data) throws IOException {
        Path file = data.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(read(file)).filter(ServerFile::isAlive);
    }

    private static ServerFile read(Path file) throws IOException {
        // Bytes, not text: what is no UTF-8 is no JSON either, and is said so below.
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), Files.readAllBytes(file))) {
            Map<String, String> values = values(json);
            return new ServerFile(
                    Long.parseLong(required(values, "pid")),
                    required(values, "host"),
                    Integer.parseInt(required(values, "port")),
                    Instant.parse(required(values, "started")),
                    storage(values),
                    Optional.ofNullable(values.get("warehouse")));
        } catch (JacksonException e) {
            throw damaged(file, e.getOriginalMessage(), e);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw damaged(file, e.getMessage(), e);
        }
    }

    /// The values of one object, which has no others inside.
    private static Map<String, String> values(JsonParser json) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("it is no JSON object");
        }
        Map<String, String> values = new HashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            values.put(name, json.getString());
            json.skipChildren();
        }
        return values;
    }

    private static Optional<Account> storage(Map<String, String> values) {
        return values.containsKey("awsAccount")
                ? Optional.of(new Account(required(values, "awsAccount"), required(values, "awsRegion")))
                : Optional.empty();
    }

    private static String required(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("it has no '" + name + "'");
        }
        return value;
    }

    private static IOException damaged(Path file, @Nullable String why, Exception cause) {
        return new IOException(
                "The file " + file + " is not as a server writes it (" + why
                        + "). When no Feedline runs on the folder, delete it.",
                cause);
    }

    /// Durably: after a power cut there is the whole file, or none.
    public void write(Path data, Disk disk) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject()
                    .writeNumberProperty("pid", pid)
                    .writeStringProperty("host", host)
                    .writeNumberProperty("port", port)
                    .writeStringProperty("started", started.toString());
            storage.ifPresent(account -> json.writeStringProperty("awsAccount", account.id())
                    .writeStringProperty("awsRegion", account.region()));
            warehouse.ifPresent(place -> json.writeStringProperty("warehouse", place));
            json.writeEndObject();
        }
        Path fresh = data.resolve(NAME + ".new");
        disk.delete(fresh);
        try (Disk.DiskFile out = disk.create(fresh)) {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            out.append(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
            out.force();
        }
        disk.rename(fresh, data.resolve(NAME));
    }

    public static void remove(Path data) throws IOException {
        Files.deleteIfExists(data.resolve(NAME));
    }

    /// Where the server answers, as clients write it.
    public String endpoint() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /// The process lives and is the one that wrote the file: a reused process id started later.
    private boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().startInstant())
                .filter(begun -> !begun.isAfter(started.plusSeconds(1)))
                .isPresent();
    }
}
