package dev.feedline.app;

import dev.feedline.feeds.definition.StorageChoice;
import dev.feedline.kernel.Account;
import dev.feedline.kernel.Disk;
import dev.feedline.kernel.Ids;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `DIR/aws.json`: in which account and region of AWS the buckets of this data folder's pipeline are, and the
/// id by which it claims them.
///
/// A folder keeps the storage it began with. Catalog, streams and tables name the buckets they were made for, so a
/// folder with another storage would leave files behind without a word.
record AwsFile(Account account, String id) {
    private static final String NAME = "aws.json";
    /// The room of Feedline's own S3; it is there as soon as such a pipeline has run.
    private static final String OWN_S3 = "s3";

    private static final String ADVICE = " Take another folder with --data, or the definition it was used with (-f).";

    /// @throws IOException when the folder was used with another storage than the definition's
    static void requireSame(StorageChoice wanted, Path data) throws IOException {
        Optional<AwsFile> file = read(data);
        if (wanted == StorageChoice.EMBEDDED && file.isPresent()) {
            throw new IOException("The data folder " + data + " is of a pipeline whose files are in AWS's S3 (account "
                    + file.get().account().id() + ", " + file.get().account().region()
                    + "), and the definition's S3 is Feedline's own." + ADVICE);
        }
        if (wanted == StorageChoice.AWS && file.isEmpty() && Files.exists(data.resolve(OWN_S3))) {
            throw new IOException("The data folder " + data + " is of a pipeline whose files are in Feedline's own S3,"
                    + " and the definition's S3 is AWS's." + ADVICE);
        }
    }

    /// The folder's file, made when there is none.
    ///
    /// @throws IOException when the folder's buckets are in another account or region
    static AwsFile readOrCreate(Path data, Account account, Ids ids, Disk disk) throws IOException {
        Optional<AwsFile> present = read(data);
        if (present.isEmpty()) {
            AwsFile made = new AwsFile(account, ids.uuid().toString());
            made.write(data, disk);
            return made;
        }
        if (!present.get().account().equals(account)) {
            throw new IOException("The pipeline of the data folder " + data + " has its buckets in account "
                    + present.get().account().id() + ", region "
                    + present.get().account().region()
                    + ", and the credentials and the region here are of " + account.id() + ", " + account.region()
                    + ". Use those it was made with, or another folder with --data.");
        }
        return present.get();
    }

    private static Optional<AwsFile> read(Path data) throws IOException {
        Path file = data.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode json = JsonMapper.shared().readTree(Files.readString(file));
            return Optional.of(new AwsFile(
                    new Account(
                            json.path("account").asString(""),
                            json.path("region").asString("")),
                    json.path("id").asString("")));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException(
                    "The file " + file + " is not as Feedline writes it (" + e.getMessage()
                            + "). Restore it from a copy of the folder.",
                    e);
        }
    }

    private void write(Path data, Disk disk) throws IOException {
        JsonMapper json = JsonMapper.shared();
        String text = json.writeValueAsString(json.createObjectNode()
                .put("account", account.id())
                .put("region", account.region())
                .put("id", id));
        Path fresh = data.resolve(NAME + ".new");
        disk.delete(fresh);
        try (Disk.DiskFile out = disk.create(fresh)) {
            out.append(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            out.force();
        }
        disk.rename(fresh, data.resolve(NAME));
    }
}
