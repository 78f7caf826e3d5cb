package dev.feedline.s3.state;

import dev.feedline.kernel.Account;
import dev.feedline.s3.checksum.RunningChecksum;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import software.amazon.awssdk.services.s3.model.Owner;

/// The account as S3 names it: a canonical user id of 64 hexadecimal digits.
public final class Owners {
    private Owners() {}

    public static String id(Account account) {
        byte[] bytes = ("feedline account " + account.id()).getBytes(StandardCharsets.UTF_8);
        RunningChecksum sum = RunningChecksum.of("SHA-256");
        sum.update(bytes, 0, bytes.length);
        return HexFormat.of().formatHex(sum.value());
    }

    public static Owner of(Account account) {
        return Owner.builder().id(id(account)).displayName(account.id()).build();
    }
}
