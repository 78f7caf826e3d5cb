package dev.feedline.app.command;

import dev.feedline.app.warehouse.SqlFailure;
import dev.feedline.kernel.DiskFullException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/// What went wrong, as one message for people: what, where, why, and what to do next.
///
/// Most failures say so themselves; here are those of Java and of the SDK, whose messages are written for programs.
final class Explanation {
    private static final String NO_ANSWER =
            " The server may have stopped meanwhile; `feedline doctor` says whether one runs.";

    private static final String OTHER_KEYS =
            " The server runs with other keys than this data folder has; stop it and start it again.";
    /// Snowflake's code for a log-in that is refused.
    private static final String WRONG_PASSWORD = "390100";

    private Explanation() {}

    static String of(Throwable failure) {
        if (failure instanceof UncheckedIOException && failure.getCause() != null) {
            return of(failure.getCause());
        }
        return switch (failure) {
            case FileSystemException file -> of(file);
            case ReadOnlyFileSystemException readOnly ->
                "The file system is mounted read-only. Choose another folder with --data.";
            case AwsServiceException refusal -> of(refusal);
            case SdkClientException client ->
                "The server did not answer: " + message(deepest(client)) + "." + NO_ANSWER;
            case SqlFailure login when login.code().equals(WRONG_PASSWORD) -> message(login) + OTHER_KEYS;
            case DiskFullException full -> message(full) + ". Make room, or choose another folder with --data.";
            case ConnectException refused -> "The server did not answer: connection refused." + NO_ANSWER;
            default -> message(failure) + advice(failure);
        };
    }

    private static String of(FileSystemException failure) {
        String file = failure.getFile();
        String why = failure.getReason();
        return switch (failure) {
            case NoSuchFileException none -> "There is no " + file + ", and it cannot be made there. Check the path.";
            case AccessDeniedException denied ->
                "You (" + System.getProperty("user.name") + ") have no right to " + file
                        + ". Run as its owner, or choose another.";
            case FileAlreadyExistsException exists ->
                file + " is a file, and a folder is needed there. Choose another with --data.";
            case NotDirectoryException noFolder ->
                file + " is a file, and a folder is needed there. Choose another with --data.";
            case FileSystemException readOnly
            when why != null && why.contains("Read-only file system") ->
                file + " cannot be written: its file system is mounted read-only. Mount it for writing, or choose"
                        + " another folder with --data.";
            default ->
                file + " cannot be used: " + (why == null ? failure.getClass().getSimpleName() : why) + ".";
        };
    }

    private static String of(AwsServiceException refusal) {
        String code = refusal.awsErrorDetails() == null
                ? "HTTP " + refusal.statusCode()
                : refusal.awsErrorDetails().errorCode();
        String message = refusal.awsErrorDetails() == null
                ? message(refusal)
                : refusal.awsErrorDetails().errorMessage();
        String next = switch (code) {
            case "SlowDown" ->
                " When its disk is full, make room; it goes on by itself. `feedline doctor` shows the room.";
            case "InvalidAccessKeyId", "SignatureDoesNotMatch" ->
                OTHER_KEYS + " Where the definition's S3 is AWS's, it is AWS that does not take these credentials.";
            default -> "";
        };
        return "The server refused: " + message + " (" + code + ")." + next;
    }

    private static String advice(Throwable failure) {
        Throwable deepest = deepest(failure);
        if (deepest instanceof UnresolvedAddressException || message(deepest).startsWith("Unresolved address")) {
            return ". Nobody knows this host; name an address of this machine with --host.";
        }
        if (deepest instanceof BindException || deepest instanceof SocketException) {
            return message(deepest).contains("assign")
                    ? ": it is no address of this machine. Name one with --host; the default is 127.0.0.1."
                    : ": " + message(deepest).toLowerCase(java.util.Locale.ROOT)
                            + ". Choose another port with --port; `feedline doctor` says who has this one.";
        }
        return "";
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }

    private static Throwable deepest(Throwable failure) {
        Throwable at = failure;
        for (Optional<Throwable> next = cause(at); next.isPresent(); next = cause(at)) {
            at = next.get();
        }
        return at;
    }

    private static Optional<Throwable> cause(Throwable failure) {
        @Nullable Throwable cause = failure.getCause();
        return Optional.ofNullable(cause).filter(it -> it != failure);
    }

    /// Says what is asked of a path that is to be read, before anybody stumbles over it.
    static void requireFile(java.nio.file.Path file, String what) throws IOException {
        if (java.nio.file.Files.isDirectory(file)) {
            throw new IOException(file + " is a folder; " + what + " is a file.");
        }
        if (!java.nio.file.Files.exists(file)) {
            throw new IOException("There is no file " + file + "; " + what + " is read from there. Check the path.");
        }
        if (!java.nio.file.Files.isReadable(file)) {
            throw new IOException("You (" + System.getProperty("user.name") + ") have no right to read " + file + ".");
        }
    }
}
