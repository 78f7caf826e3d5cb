package dev.feedline.bench.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/// How a program is told to convert: a line on standard input for each time, answered with `done`;
/// it ends with its input. Whoever counts the process's time sees nothing but conversions between
/// two answers.
final class Turns {
    /// What is done again and again.
    @FunctionalInterface
    interface Conversion {
        void run() throws Exception;
    }

    private Turns() {}

    static void take(Conversion conversion) throws Exception {
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = asked.readLine(); line != null; line = asked.readLine()) {
            conversion.run();
            System.out.println("done");
            if (System.out.checkError()) {
                throw new IOException("nobody hears the answer");
            }
        }
    }
}
