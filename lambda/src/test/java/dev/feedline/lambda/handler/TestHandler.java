package dev.feedline.lambda.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// The function that [dev.feedline.lambda.ChildrenTest] packs into a zip and runs as a process.
public final class TestHandler implements RequestHandler<Map<String, Object>, Object> {
    private int invocations;

    @Override
    public Object handleRequest(Map<String, Object> event, Context context) {
        invocations++;
        return switch (String.valueOf(event.get("do"))) {
            case "describe" -> describe(context);
            case "fail" -> throw new IllegalStateException("no cheese left");
            case "exit" -> {
                System.exit(3);
                yield "never";
            }
            case "sleep" -> sleep();
            case "leave a trace" -> leaveATrace();
            case "print" -> {
                System.out.println("printed by the function");
                yield "printed";
            }
            default -> event;
        };
    }

    private Map<String, Object> describe(Context context) {
        Map<String, Object> about = new TreeMap<>();
        about.put("arn", context.getInvokedFunctionArn());
        about.put("remaining", context.getRemainingTimeInMillis() > 0);
        about.put("invocations", invocations);
        about.put("pid", ProcessHandle.current().pid());
        about.put("stage", String.valueOf(System.getenv("STAGE")));
        about.put("endpoint", String.valueOf(System.getenv("AWS_ENDPOINT_URL")));
        return about;
    }

    private static String leaveATrace() {
        try {
            return Files.createFile(Path.of(System.getenv("SEEN"))).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sleep() {
        try {
            Thread.sleep(600_000);
            return "awake";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
