package dev.feedline.feeds;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.services.glue.GlueClient;

/// The function that hears of landed rows and sees to it that a job run comes that has not looked yet.
public final class ConvertFunction implements RequestStreamHandler {
    private final JobStart start;

    /// As AWS Lambda makes it.
    public ConvertFunction() {
        this(GlueClient.create());
    }

    public ConvertFunction(GlueClient glue) {
        this.start = new JobStart(glue);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        boolean landed = S3Events.read(event).stream()
                .anyMatch(object -> Names.feedOfLandingKey(object.key()).isPresent());
        String said = landed ? start.ensureRun().name() : "NO_FEED";
        answer.write(('"' + said + '"').getBytes(StandardCharsets.UTF_8));
    }
}
