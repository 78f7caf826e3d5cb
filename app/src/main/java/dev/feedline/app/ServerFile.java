package dev.feedline.app;

import dev.feedline.kernel.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `DIR/server.json`: which process serves this data folder, and where; written under the folder's lock, mode 0600.
///
/// It is a hint, not a lock: a killed server leaves it behind, so a reader checks that the process lives.
///
/// @param warehouse where the pipeline's warehouse is, when that is not the server's own
public record ServerFile(long pid, String host, int port, Instant started, Optional<String> warehouse) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String NAME = "server.json";

    /// Of a server with a warehouse of its own.
    public ServerFile(long pid, String host, int port, Instant started) {
        this(pid, host, port, started, Optional.empty());
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
        try {
            // Bytes, not text: what is no UTF-8 is no JSON either, and is said so below.
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            return new ServerFile(
                    json.required("pid").asLong(),
                    json.required("host").asString(),
                    json.required("port").asInt(),
                    Instant.parse(json.required("started").asString()),
                    json.has("warehouse") ? Optional.of(json.path("warehouse").asString()) : Optional.empty());
        } catch (JacksonException e) {
            throw damaged(file, e.getOriginalMessage(), e);
        } catch (DateTimeException e) {
            throw damaged(file, e.getMessage(), e);
        }
    }

    private static IOException damaged(Path file, @Nullable String why, Exception cause) {
        return new IOException(
                "The file " + file + " is not as a server writes it (" + why
                        + "). When no Feedline runs on the folder, delete it.",
                cause);
    }

    /// Durably: after a power cut there is the whole file, or none.
    public void write(Path data, Disk disk) throws IOException {
        ObjectNode object = JSON.createObjectNode()
                .put("pid", pid)
                .put("host", host)
                .put("port", port)
                .put("started", started.toString());
        warehouse.ifPresent(place -> object.put("warehouse", place));
        String json = JSON.writeValueAsString(object);
        Path fresh = data.resolve(NAME + ".new");
        disk.delete(fresh);
        try (Disk.DiskFile out = disk.create(fresh)) {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            out.append(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
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
