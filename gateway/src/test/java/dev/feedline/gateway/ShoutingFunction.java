package dev.feedline.gateway;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Locale;

/// A function as a customer writes it; it runs in a process of its own.
public final class ShoutingFunction implements RequestHandler<String, String> {
    @Override
    public String handleRequest(String input, Context context) {
        if (input.equals("fail")) {
            throw new IllegalStateException("asked to fail");
        }
        return input.toUpperCase(Locale.ROOT);
    }
}
