package dev.feedline.sqs.message;

import dev.feedline.sqs.error.SqsError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a receiver holds of a message it received; the next reception makes it stale.
///
/// @param receipt random, new with every reception
record ReceiptHandle(long sequence, String receipt) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,18}):([0-9a-f]{32})");

    String text() {
        return Base64.getUrlEncoder().encodeToString((sequence + ":" + receipt).getBytes(StandardCharsets.US_ASCII));
    }

    static ReceiptHandle parse(String text) {
        Matcher parts = FORM.matcher(decoded(text));
        if (!parts.matches()) {
            throw invalid(text);
        }
        return new ReceiptHandle(Long.parseLong(parts.group(1)), parts.group(2));
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            throw invalid(text);
        }
    }

    private static RuntimeException invalid(String text) {
        return SqsError.RECEIPT_HANDLE_IS_INVALID.because(
                "The input receipt handle \"" + text + "\" is not a valid receipt handle.");
    }
}
