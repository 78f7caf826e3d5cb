package dev.feedline.iam;

import dev.feedline.kernel.Arn;
import dev.feedline.kernel.KeyRing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The AWS tools' credentials file, as far as Feedline writes it: one profile, one key pair.
final class CredentialsFile {
    private static final String ID = "aws_access_key_id";
    private static final String SECRET = "aws_secret_access_key";

    private CredentialsFile() {}

    static String text(KeyRing.Key key) {
        return "[default]\n" + ID + " = " + key.accessKeyId() + "\n" + SECRET + " = " + key.secret() + "\n";
    }

    static KeyRing.Key parse(Path file, String text, Arn principal) throws IOException {
        Map<String, String> values = text.lines()
                .map(line -> line.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0].strip(), pair -> pair[1].strip(), (first, next) -> first));
        String id = Optional.ofNullable(values.get(ID)).orElse("");
        String secret = Optional.ofNullable(values.get(SECRET)).orElse("");
        if (!id.matches("[A-Z0-9]{16,128}") || secret.length() != 40) {
            throw new IOException("The key file " + file + " is no credentials file with " + ID + " and " + SECRET
                    + ". Restore it, or delete it to get a new key pair at the next start.");
        }
        return new KeyRing.Key(id, secret, principal);
    }
}
