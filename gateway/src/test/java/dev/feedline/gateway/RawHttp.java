package dev.feedline.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// Bytes to a port and back, as no well-behaved client would send them.
record RawHttp(int port) {
    /// What came back until the server closed the connection; status 0 when nothing did.
    record Reply(int status, String text) {
        String body() {
            int end = text.indexOf("\r\n\r\n");
            return end < 0 ? "" : text.substring(end + 4);
        }

        /// How many answers there are, where each begins a line of its own.
        int answers() {
            return text.split("HTTP/1\\.1 \\d", -1).length - 1;
        }
    }

    /// A GET of a URL, with the host it names, from this machine.
    Reply get(URI url) throws IOException {
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return send("GET " + url.getRawPath() + query + " HTTP/1.1\r\nHost: " + url.getAuthority()
                + "\r\nConnection: close\r\n\r\n");
    }

    Reply send(String request) throws IOException {
        return send(request.getBytes(StandardCharsets.ISO_8859_1));
    }

    Reply send(byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            try {
                socket.getOutputStream().write(request);
                socket.getOutputStream().flush();
            } catch (SocketException closedEarly) {
                // the answer may be there all the same
            }
            return reply(socket);
        }
    }

    static Reply reply(Socket socket) throws IOException {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                got.write(buffer, 0, count);
            }
        } catch (SocketException reset) {
            // what came before the reset counts
        }
        String text = got.toString(StandardCharsets.ISO_8859_1);
        return new Reply(text.length() < 12 ? 0 : Integer.parseInt(text.substring(9, 12)), text);
    }
}
