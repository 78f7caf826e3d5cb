package dev.feedline.gateway;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// The way to the client, which remembers whether it was the client that broke off and not the source of the bytes.
final class ClientStream extends FilterOutputStream {
    private boolean gone;

    ClientStream(OutputStream out) {
        super(out);
    }

    boolean isGone() {
        return gone;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            gone = true;
            throw e;
        }
    }
}
