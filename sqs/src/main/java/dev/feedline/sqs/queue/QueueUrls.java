package dev.feedline.sqs.queue;

import dev.feedline.kernel.Account;
import dev.feedline.sqs.error.SqsError;
import java.net.URI;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Between names of queues and their URLs, `http://HOST:PORT/000000000000/NAME`.
public final class QueueUrls {
    private static final Pattern URL = Pattern.compile("(?:https?://[^/]*)?/?(?:queue/)?(\\d{12})/([^/?#]+)");

    private final Account account;
    private final Supplier<URI> endpoint;

    public QueueUrls(Account account, Supplier<URI> endpoint) {
        this.account = account;
        this.endpoint = endpoint;
    }

    public String of(String name) {
        String base = endpoint.get().toString();
        return (base.endsWith("/") ? base : base + "/") + account.id() + "/" + name;
    }

    /// The name in a URL; the host does not matter, since callers reach this machine by many.
    public String name(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches() || !parts.group(1).equals(account.id())) {
            throw SqsError.QUEUE_DOES_NOT_EXIST.because("The specified queue does not exist: " + url);
        }
        return parts.group(2);
    }

    public String arn(String name) {
        return account.arn("sqs", name).toString();
    }
}
