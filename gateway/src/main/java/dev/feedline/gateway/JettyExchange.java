package dev.feedline.gateway;

import dev.feedline.wire.Answer;
import dev.feedline.wire.Headers;
import dev.feedline.wire.Query;
import dev.feedline.wire.RequestHead;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/// An exchange over Jetty: the only class that maps between its messages and ours.
final class JettyExchange implements Exchange {
    /// A refused upload is read to its end when it is at most this long; else the connection is closed under it.
    private static final long MOST_DRAINED = 64 * 1024 * 1024;

    private final Response response;
    private final RequestHead head;
    private final InputStream body;
    private boolean answered;

    JettyExchange(Request request, Response response) {
        this.response = response;
        this.head = headOf(request);
        this.body = Content.Source.asInputStream(request);
    }

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public void answer(Answer answer) throws IOException {
        drain();
        boolean bodiless = head.method().equals("HEAD") || answer.status() == 304 || answer.status() == 204;
        if (!bodiless) {
            answer.headers().set("content-length", Integer.toString(answer.body().length));
        }
        try (OutputStream out = begin(answer.status(), answer.headers())) {
            if (!bodiless) {
                out.write(answer.body());
            }
        }
    }

    @Override
    public OutputStream begin(int status, Headers headers) throws IOException {
        answered = true;
        response.setStatus(status);
        for (String name : headers.names()) {
            for (String value : headers.all(name)) {
                response.getHeaders().add(name, value);
            }
        }
        return Content.Sink.asOutputStream(response);
    }

    @Override
    public boolean isAnswered() {
        return answered;
    }

    /// Reads away what is left, unless the client has not begun to send it.
    private void drain() throws IOException {
        if (head.headers().has("expect")) {
            return;
        }
        byte[] away = new byte[16 * 1024];
        long drained = 0;
        for (int count = body.read(away); count > 0 && drained < MOST_DRAINED; count = body.read(away)) {
            drained += count;
        }
    }

    private static RequestHead headOf(Request request) {
        Headers headers = new Headers();
        for (HttpField field : request.getHeaders()) {
            headers.add(field.getName(), Optional.ofNullable(field.getValue()).orElse(""));
        }
        if (!headers.has("host")) { // HTTP/2 has it as `:authority`
            headers.set("host", request.getHttpURI().getAuthority());
        }
        String address = addressOf(request);
        int question = address.indexOf('?');
        String path = question < 0 ? address : address.substring(0, question);
        Query query = Query.parse(question < 0 ? "" : address.substring(question + 1));
        return new RequestHead(request.getMethod(), path, query, headers);
    }

    private static String addressOf(Request request) {
        String address =
                Optional.ofNullable(request.getHttpURI().getPathQuery()).orElse("/");
        boolean wrapped =
                request.getConnectionMetaData().getHttpVersion().getVersion() < HttpVersion.HTTP_2.getVersion();
        return wrapped ? OpaquePath.unwrap(address) : address;
    }
}
