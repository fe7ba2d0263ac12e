package dev.sextant.perf.load;

import dev.sextant.kernel.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads a plan from standard input, and writes the report to standard output. */
public final class DribbleMain {

    private DribbleMain() {}

    public static void main(String[] arguments) throws IOException {
        DribblePlan plan = Json.read(System.in.readAllBytes(), DribblePlan.class);
        System.out.write(Json.write(new Dribble(plan).run()));
        System.out.write("\n".getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }
}
