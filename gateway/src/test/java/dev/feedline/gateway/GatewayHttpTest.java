package dev.feedline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// HTTP itself, byte by byte: what the gateway must take, and what it must not.
class GatewayHttpTest {
    private static final String HEAD = "Host: h\r\nConnection: close\r\n";

    @TempDir
    Path folder;

    EchoDoor door;
    TestGateway gateway;

    @BeforeEach
    void start() throws IOException {
        door = new EchoDoor();
        GatewaySettings settings = new GatewaySettings(
                "127.0.0.1",
                0,
                dev.feedline.kernel.Account.LOCAL,
                InstantSource.system(),
                2,
                32 * 1024,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
        gateway = new TestGateway(folder, settings, door);
    }

    @AfterEach
    void stop() {
        door.goOn.countDown();
        gateway.close();
    }

    @Test
    void awsChunkedContentEncodingIsNoneOfHttpsBusiness() throws IOException {
        RawHttp.Reply reply = send("PUT /v1/data/echo HTTP/1.1\r\n" + HEAD
                + "Content-Encoding: aws-chunked\r\nContent-Length: 3\r\n\r\nabc");

        assertThat(reply.body()).isEqualTo("/v1/data/echo [] 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/data/a//x%2Fy/../d+e%20f", "/v1/data/[x]|y", "/v1/data/%2e%2e/.", "/v1/data/;p=1",
                "/v1/data/../../../etc/passwd", "/v1/data/%2e%2e/%2E%2E/%2e%2e/etc", "/v1/data/a%01b%00c",
                        "/v1/data/%ff"
            })
    void aPathStaysAsItWasSent(String path) throws IOException {
        assertThat(send("GET " + path + " HTTP/1.1\r\n" + HEAD + "\r\n").body()).isEqualTo(path + " [] 0");
    }

    @Test
    void aLongQueryIsTaken() throws IOException {
        String token = "t".repeat(6000);

        assertThat(send("GET /v1/data/x?token=" + token + " HTTP/1.1\r\n" + HEAD + "\r\n")
                        .body())
                .contains("value=" + token);
    }

    @Test
    void aHeaderOfTwelveKibIsTakenAndOneOfFortyIsNot() throws IOException {
        String request = "GET /v1/data/x HTTP/1.1\r\n" + HEAD + "X-Long: ";

        assertThat(send(request + "x".repeat(12 * 1024) + "\r\n\r\n").status()).isEqualTo(200);
        assertThat(send(request + "x".repeat(40 * 1024) + "\r\n\r\n").status()).isEqualTo(431);
    }

    @Test
    void aClientThatExpectsToContinueIsToldSoOnlyWhenItsBodyIsRead() throws IOException {
        String expect = HEAD + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n";

        try (Socket socket = open("PUT /v1/data/echo HTTP/1.1\r\n" + expect)) {
            byte[] interim = socket.getInputStream().readNBytes("HTTP/1.1 100 Continue\r\n\r\n".length());
            assertThat(interim).asString(StandardCharsets.US_ASCII).startsWith("HTTP/1.1 100 ");
            socket.getOutputStream().write("abc".getBytes(StandardCharsets.US_ASCII));
            assertThat(RawHttp.reply(socket).body()).isEqualTo("/v1/data/echo [] 3");
        }
        RawHttp.Reply refused = send("PUT /v1/data/refuse HTTP/1.1\r\n" + expect);
        assertThat(refused.text()).startsWith("HTTP/1.1 403").doesNotContain("HTTP/1.1 100");
    }

    @Test
    void aBodySentAfterARefusedExpectationIsNotTheNextRequest() throws IOException {
        RawHttp.Reply reply = send("PUT /v1/data/refuse HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
                + "Content-Length: 41\r\n\r\nGET /v1/data/smuggled HTTP/1.1\r\nHost: h\r\n\r\n");

        assertThat(reply.answers()).isEqualTo(1);
        assertThat(reply.text()).doesNotContain("smuggled");
    }

    @Test
    void aLargeBodyThatIsRefusedIsReadAwaySoThatTheAnswerIsSeen() throws IOException {
        byte[] head = ("PUT /v1/data/refuse HTTP/1.1\r\n" + HEAD + "Content-Length: 20000000\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = java.util.Arrays.copyOf(head, head.length + 20_000_000);

        assertThat(new RawHttp(gateway.gateway.port()).send(request).body()).isEqualTo("refused");
    }

    @Test
    void http2IsSpokenWithPriorKnowledge() throws IOException {
        // The preface and an empty SETTINGS frame are answered with SETTINGS: type 4 in the fourth byte.
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.gateway.port())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(socket.getInputStream().readNBytes(9)[3]).isEqualTo((byte) 4);
        }
    }

    @Test
    void aLongPollMayBeSilentLongerThanAnIdleConnection() throws Exception {
        try (Socket socket = open("GET /v1/data/wait HTTP/1.1\r\n" + HEAD + "\r\n")) {
            door.entered.acquire();
            try (Socket idle = open("")) {
                idle.setSoTimeout(10_000);
                assertThat(idle.getInputStream().read()).isEqualTo(-1); // closed by the idle timeout
            }
            door.goOn.countDown();
            assertThat(RawHttp.reply(socket).body()).isEqualTo("waited");
        }
    }

    @Test
    void moreRequestsThanThereArePlacesAreToldToComeBack() throws Exception {
        try (Socket one = open("GET /v1/data/wait HTTP/1.1\r\n" + HEAD + "\r\n");
                Socket two = open("GET /v1/data/wait HTTP/1.1\r\n" + HEAD + "\r\n")) {
            door.entered.acquire(2);

            RawHttp.Reply third = send("GET /v1/data/x HTTP/1.1\r\n" + HEAD + "\r\n");

            assertThat(third.status()).isEqualTo(503);
            assertThat(third.text()).contains("Retry-After: 1");
            door.goOn.countDown();
            assertThat(RawHttp.reply(one).body()).isEqualTo("waited");
            assertThat(RawHttp.reply(two).body()).isEqualTo("waited");
        }
    }

    static List<String> malformed() {
        String post = "POST /v1/data/echo HTTP/1.1\r\nHost: h\r\n";
        return List.of(
                post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
                post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                post + "Content-Length: 3, 4\r\n\r\nabcd",
                post + "Content-Length: -1\r\n\r\n",
                post + "Content-Length: +3\r\n\r\nabc",
                post + "Content-Length: 0x3\r\n\r\nabc",
                post + "Content-Length: 99999999999999999999\r\n\r\nabc",
                post + "Content-Length:\r\n\r\nabc",
                post + "Transfer-Encoding: gzip\r\n\r\nabc",
                post + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
                post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                post + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nabc\r\n0\r\n\r\n",
                post + "Transfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n\r\n",
                post + "Transfer-Encoding: chunked\r\n\r\n0x3\r\nabc\r\n0\r\n\r\n",
                post + "Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n",
                post + "Transfer-Encoding: chunked\r\n\r\n3\nabc\n0\n\n",
                post + "Transfer-Encoding: chunked\r\n\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                post + "Content-Length : 3\r\n\r\nabc",
                post + "X-A: 1\r\n folded\r\n\r\n",
                post + "X-A\r\n\r\n",
                post + ": x\r\n\r\n",
                post + "X A: 1\r\n\r\n",
                post + "X-A: a\0b\r\n\r\n",
                "POST /v1/data/e\0cho HTTP/1.1\r\nHost: h\r\n\r\n",
                "POST /v1/data/echo HTTP/1.1\nHost: h\n\n",
                "POST /v1/data/echo HTTP/1.1\r\nHost: h\nX: y\r\n\r\n",
                "POST /v1/data/echo HTTP/1.1\r\n\r\n",
                "POST /v1/data/echo HTTP/1.1\r\nHost: h\r\nHost: i\r\n\r\n",
                "POST /v1/data/echo\r\n\r\n",
                "POST /v1/data/echo HTTP/3.7\r\nHost: h\r\n\r\n",
                "PO\tST /v1/data/echo HTTP/1.1\r\nHost: h\r\n\r\n",
                "\0\0\0\0\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void malformedFramingIsNeverServed(String request) throws IOException {
        RawHttp.Reply reply = send(request + "GET /v1/data/smuggled HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

        assertThat(reply.status()).isNotEqualTo(200);
        assertThat(reply.text()).doesNotContain("smuggled");
    }

    @Test
    void aBodyThatStopsShortIsNoBody() throws IOException {
        RawHttp.Reply reply = send("POST /v1/data/echo HTTP/1.1\r\n" + HEAD + "Content-Length: 10\r\n\r\nabc");

        assertThat(reply.text()).doesNotContain("HTTP/1.1 200");
    }

    @Test
    void theServerDoesNotSayWhatItIsMadeOf() throws IOException {
        assertThat(send("GET /_feedline/health HTTP/1.1\r\n" + HEAD + "\r\n").text())
                .doesNotContainIgnoringCase("jetty");
        assertThat(send("BAD\r\n\r\n").text()).doesNotContainIgnoringCase("jetty");
    }

    @Test
    void whoeverAsksForHttp2OnTheWayIsAnsweredInHttp1() throws IOException {
        // As Java's own client asks with its first request; switching would have carried a wrapped address over.
        RawHttp.Reply reply =
                send("GET /_feedline/health HTTP/1.1\r\nHost: h\r\nConnection: close, Upgrade, HTTP2-Settings\r\n"
                        + "Upgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAAAAAMAAAAAAAQBAAAAAAUAAEAAAAYABgAA\r\n\r\n");

        assertThat(reply.text()).startsWith("HTTP/1.1 200");
    }

    private Socket open(String request) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.gateway.port());
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    private RawHttp.Reply send(String request) throws IOException {
        return new RawHttp(gateway.gateway.port()).send(request);
    }
}
