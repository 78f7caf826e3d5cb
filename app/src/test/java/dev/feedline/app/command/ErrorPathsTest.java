package dev.feedline.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.app.ServerFile;
import dev.feedline.app.TestingFeedline;
import dev.feedline.kernel.Disk;
import dev.feedline.kernel.RealDisk;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Every way a command can fail ends in one message that says what, where and what to do, and never in a stack trace.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorPathsTest {
    private static final Disk DISK = new RealDisk(failure -> {});

    private Path temp;
    private TestingFeedline feedline;
    private int port;

    @BeforeAll
    void prepare(@TempDir Path folder) throws Exception {
        temp = folder;
        feedline = TestingFeedline.start(temp.resolve("served"), "feeds:\n  orders: {}\n");
        port = feedline.reach().server().endpoint().getPort();
        Files.writeString(temp.resolve("rows.jsonl"), "{\"id\":1}\n");
        Files.writeString(temp.resolve("unknown.yaml"), "feeds:\n  orders: { formt: jsonl }\n");
        Files.writeString(temp.resolve("type.yaml"), "feeds:\n  orders: { buffer: { size: lots } }\n");
        Files.writeString(temp.resolve("syntax.yaml"), "feeds: [a\n");
        Files.writeString(Files.createDirectory(temp.resolve("older")).resolve("version"), "0\n");
        byte[] noise = {(byte) 0xff, (byte) 0xfe, 7, (byte) 0xc3};
        Files.write(folder("damaged-version").resolve("version"), noise);
        Files.writeString(folder("empty-version").resolve("version"), "");
        Files.write(folder("damaged-server").resolve("server.json"), noise);
        Files.write(folder("damaged-keys").resolve("keys"), noise);
        Files.write(Files.createDirectory(folder("damaged-store").resolve("s3")).resolve("s3.db"), new byte[5_000]);
        Path openKeys = folder("open-keys");
        Files.setPosixFilePermissions(openKeys.resolve("keys"), PosixFilePermissions.fromString("rw-r--r--"));
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        new ServerFile(ended.pid(), "127.0.0.1", 1, Instant.now()).write(folder("killed"), DISK);
        // A process that lives and answers nothing: port 1 has no server.
        long self = ProcessHandle.current().pid();
        new ServerFile(self, "127.0.0.1", 1, Instant.now()).write(folder("silent"), DISK);
        Path otherKeys = folder("other-keys");
        Files.writeString(
                otherKeys.resolve("keys"),
                Files.readString(otherKeys.resolve("keys"))
                        .replaceAll("(?m)^(aws_secret_access_key\\s*=\\s*).*$", "$1" + "k".repeat(40)));
        new ServerFile(self, "127.0.0.1", port, Instant.now()).write(otherKeys, DISK);
        feedline.put("orders/alike-1.jsonl", "{\"id\":1}\n".getBytes(UTF_8));
        feedline.put("orders/alike-2.jsonl", "{\"id\":2}\n".getBytes(UTF_8));
    }

    @AfterAll
    void stop() {
        feedline.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    wrong folder        | files --data %t/nowhere                                | 1 | There is no data folder %t/nowhere yet | `feedline up`
                    file for a folder   | files --data %t/rows.jsonl                             | 1 | %t/rows.jsonl is a file, not a data folder | --data
                    file above a folder | put %t/rows.jsonl orders --data %t/rows.jsonl/x        | 1 | %t/rows.jsonl | --data
                    older layout        | files --data %t/older                                  | 1 | layout version 0; this Feedline reads version 1 | another folder with --data
                    damaged version     | files --data %t/damaged-version                        | 1 | version file %t/damaged-version/version is damaged: no number is in it | Restore it from a copy
                    empty version       | up --port 0 --data %t/empty-version                    | 1 | version file %t/empty-version/version is damaged: it is empty | Restore it from a copy
                    damaged server file | files --data %t/damaged-server                         | 1 | %t/damaged-server/server.json is not as a server writes it | delete it
                    damaged keys        | files --data %t/damaged-keys                           | 1 | %t/damaged-keys/keys is no credentials file | Restore it
                    damaged store       | files --data %t/damaged-store                          | 1 | damaged-store/s3/s3.db cannot be opened | restore the data folder from a copy
                    folder in use       | up --port 0 --data %t/served                           | 1 | %t/served is in use by another Feedline process | Stop that one
                    port taken          | up --port %p --data %t/fresh1                          | 1 | cannot listen on 127.0.0.1:%p | Choose another port with --port
                    no port             | up --port 70000 --data %t/fresh2                       | 1 | --port 70000 is no port | use 1 to 65535
                    foreign address     | up --host 192.0.2.1 --port 0 --data %t/fresh3          | 1 | it is no address of this machine | --host
                    unknown host        | up --host no.such.invalid --port 0 --data %t/fresh4    | 1 | Nobody knows this host | --host
                    unknown YAML key    | up --port 0 --data %t/fresh5 -f %t/unknown.yaml        | 1 | unknown.yaml:2:13: unknown key 'formt' of feeds.orders | did you mean 'format'?
                    wrong YAML type     | up --port 0 --data %t/fresh6 -f %t/type.yaml           | 1 | type.yaml:2:29: feeds.orders.buffer.size: 'lots' is no size | write for example 64MiB
                    no YAML             | up --port 0 --data %t/fresh7 -f %t/syntax.yaml         | 1 | syntax.yaml: not valid YAML | line 1, column 8
                    no definition       | up --port 0 --data %t/fresh8 -f %t/none.yaml           | 1 | There is no file %t/none.yaml | Check the path
                    definition a folder | up --port 0 --data %t/fresh9 -f %t/served              | 1 | %t/served is a folder | is a file
                    open keys           | files --data %t/open-keys                              | 1 | can be read or changed by others (rw-r--r--) | chmod 600
                    other keys          | sql SELECT_1 --data %t/other-keys                      | 1 | Incorrect username or password | stop it and start it again
                    silent server, s3   | put %t/rows.jsonl orders --data %t/silent              | 1 | The server did not answer | `feedline doctor`
                    silent server, sql  | sql SELECT_1 --data %t/silent                          | 1 | The server did not answer | `feedline doctor`
                    no server           | env --data %t/killed                                   | 1 | No Feedline serves the data folder %t/killed | `feedline up --data %t/killed`
                    no feed name        | put %t/rows.jsonl Orders --data %t/served              | 1 | 'Orders' is no feed name | use a lower-case letter
                    missing file        | put %t/none.jsonl orders --data %t/served              | 1 | There is no file %t/none.jsonl | Check the path
                    folder for a file   | put %t/served orders --data %t/served                  | 1 | %t/served is a folder | is a file
                    bad SQL             | sql SELEC_1 --data %t/served                           | 1 | unexpected 'SELEC' | line 1 at position 0
                    unknown table       | sql SELECT_*_FROM_NIX --data %t/served                 | 1 | Object 'NIX' does not exist | not authorized
                    no such file        | file nix --data %t/served                              | 1 | No file's id or key is or begins with 'nix' | `feedline files`
                    two files           | file orders/alike --data %t/served                     | 1 | may be any of 2 files | give more of the id or the key
                    no such bad row     | quarantine show orders/alike-1:7 --data %t/served      | 1 | Row 7 of orders/alike-1.jsonl is not in quarantine | `feedline quarantine list --file
                    no bad row          | quarantine show orders/alike-1 --data %t/served        | 1 | No row of orders/alike-1.jsonl is in quarantine | BALANCED
                    unknown option      | files --jsn --data %t/served                           | 2 | Unknown option: '--jsn' | --json
                    unknown command     | fils                                                   | 2 | 'fils' | files
                    nothing to do       | quarantine                                             | 2 | Say what to do | --help
                    missing parameter   | put %t/rows.jsonl                                      | 2 | Missing required parameter: 'FEED' | `feedline put --help`
                    no number           | put %t/rows.jsonl orders --timeout ten                 | 2 | 'ten' is not a long | `feedline put --help`
                    unknown shell       | completion tcsh                                        | 2 | 'tcsh' | bash, zsh, fish
                    timed out           | put %t/rows.jsonl orders --wait --timeout -1 --data %t/served | 5 | is not settled after -1 s | `feedline file
                    """)
    void aFailureSaysWhatWhereAndWhatToDo(String name, String command, int code, String what, String next) {
        Ran ran = Ran.feedline(java.util.Arrays.stream(here(command).split(" +"))
                .map(argument -> argument.startsWith("SELE") ? argument.replace('_', ' ') : argument)
                .toArray(String[]::new));
        List<String> said = ran.err()
                .lines()
                .filter(line -> !line.startsWith("orders/rows.jsonl: "))
                .toList();
        assertThat(String.join("\n", said)).as(name).startsWith("feedline: ").contains(here(what), here(next));
        assertThat(said)
                .as("no stack trace, no page of help")
                .hasSizeLessThan(10)
                .noneMatch(line -> line.contains("\tat "));
        assertThat(ran.out()).isEmpty();
        assertThat(ran.code()).isEqualTo(code);
    }

    @Test
    void aServerThatWasKilledIsNoHindrance() {
        assertThat(Ran.feedline("doctor", "--json", "--port", "0", "--data", here("%t/killed"))
                        .out())
                .contains("was left by a server that was killed");
        assertThat(Ran.feedline("sql", "SELECT 1 AS ONE", "--data", here("%t/killed"))
                        .out())
                .contains("ONE");
    }

    @Test
    void aMissingRightNamesThePathAndWhoIsAsking() {
        assertThat(Explanation.of(new AccessDeniedException("/data/keys")))
                .contains(System.getProperty("user.name"))
                .contains("no right to /data/keys")
                .contains("Run as its owner");
    }

    @Test
    void aFullDiskSaysThatRoomIsEnough() {
        assertThat(Explanation.of(S3Exception.builder()
                        .statusCode(503)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("SlowDown")
                                .errorMessage("No space left on the volume of d")
                                .build())
                        .build()))
                .startsWith("The server refused: No space left on the volume of d (SlowDown).")
                .contains("make room; it goes on by itself");
    }

    private String here(String text) {
        return text.replace("%t", temp.toString()).replace("%p", Integer.toString(port));
    }

    /// A data folder with keys, as a server that has stopped leaves it.
    private Path folder(String name) throws IOException {
        Path folder = Files.createDirectory(temp.resolve(name));
        Files.writeString(folder.resolve("version"), "1\n");
        Files.copy(temp.resolve("served/keys"), folder.resolve("keys"));
        Files.setPosixFilePermissions(folder.resolve("keys"), PosixFilePermissions.fromString("rw-------"));
        return folder;
    }
}
