package dev.sextant.perf.load;

import dev.sextant.kernel.Json;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads a plan from standard input, and writes the report to standard output. */
public final class LoadMain {

    private LoadMain() {}

    public static void main(String[] arguments) throws IOException {
        LoadPlan plan = Json.read(System.in.readAllBytes(), LoadPlan.class);
        Vertx vertx = Vertx.builder()
                .with(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1))
                .build();
        try {
            System.out.write(Json.write(onLoop(vertx, plan).await()));
            System.out.write("\n".getBytes(StandardCharsets.UTF_8));
            System.out.flush();
        } finally {
            vertx.close().await();
        }
    }

    private static Future<LoadReport> onLoop(Vertx vertx, LoadPlan plan) {
        Promise<LoadReport> promise = Promise.promise();
        vertx.runOnContext(_ -> new Load(vertx, plan).run().onComplete(promise));
        return promise.future();
    }
}
