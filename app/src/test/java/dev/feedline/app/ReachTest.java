package dev.feedline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpURLConnection;
import java.net.URI;
import org.junit.jupiter.api.Test;

class ReachTest {
    /// A server that stopped without closing a connection once held up whoever read from it for ever.
    @Test
    void nobodyWaitsForAnAnswerForEver() {
        HttpURLConnection connection = Reach.plainConnection(URI.create("http://127.0.0.1:1/"));

        assertThat(connection.getConnectTimeout()).isEqualTo(10_000);
        assertThat(connection.getReadTimeout()).isEqualTo(120_000);
    }
}
