package dev.feedline.feeds;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.feedline.feeds.S3Events.Notice;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.glue.GlueClient;

/// The function that hears of landed rows and sees to it that a job run comes that has not looked yet: of S3 itself, or
/// by the messages of a queue.
public final class ConvertFunction implements RequestStreamHandler {
    private final JobStart start;
    private final FeedCatalog catalog;

    /// As AWS Lambda makes it.
    public ConvertFunction() {
        this(GlueClient.create());
    }

    public ConvertFunction(GlueClient glue) {
        this.start = new JobStart(glue);
        this.catalog = new FeedCatalog(glue);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        Set<String> feeds = new TreeSet<>();
        List<Notice> notices = S3Events.read(event);
        notices.stream()
                .flatMap(notice -> notice.objects().stream())
                .forEach(object -> Names.feedOfLandingKey(object.key()).ifPresent(feeds::add));
        Set<String> jobs = new TreeSet<>();
        feeds.forEach(feed -> jobs.add(catalog.find(feed).map(FeedTable::job).orElse(Names.JOB)));
        String said =
                jobs.stream().map(job -> start.ensureRun(job).name()).distinct().collect(Collectors.joining(","));
        said = said.isEmpty() ? "NO_FEED" : said;
        if (notices.stream().anyMatch(notice -> notice.messageId() != null)) {
            answer.write(S3Events.failures(notices.stream()
                    .filter(notice -> notice.fault() != null)
                    .map(Notice::messageId)
                    .toList()));
            return;
        }
        answer.write(('"' + said + '"').getBytes(StandardCharsets.UTF_8));
    }
}
