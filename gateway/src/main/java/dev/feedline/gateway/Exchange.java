package dev.feedline.gateway;

import dev.feedline.wire.Answer;
import dev.feedline.wire.Headers;
import dev.feedline.wire.RequestHead;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// One request and its answer, whatever HTTP it came by. Reading and writing block; it belongs to one thread.
public interface Exchange {
    RequestHead head();

    /// The body as it arrives. Asking for it also lets a client go on that waits for `100 Continue`.
    InputStream body();

    /// Answers at once. What is left of the body is read away first, within bounds, so that the client gets to see it.
    void answer(Answer answer) throws IOException;

    /// Begins an answer whose body follows; the stream must be closed.
    OutputStream begin(int status, Headers headers) throws IOException;

    /// Says whether an answer has begun.
    boolean isAnswered();
}
