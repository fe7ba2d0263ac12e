package dev.sextant.perf.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends what a plan says. For one event loop. */
final class Load {

    private static final long TIMEOUT_MILLIS = 60_000;
    private static final Pattern CODE = Pattern.compile("\"code\":\"([a-z_]+)\"");

    /** One request: which number, in which phase, and when it was due. */
    private record Shot(long number, Tally tally, long phaseNanos, long dueNanos) {}

    private final Vertx vertx;
    private final LoadPlan plan;
    private final Clients clients;
    private final List<LoadReport.Phase> reports = new ArrayList<>();
    private long number;

    Load(Vertx vertx, LoadPlan plan) {
        this.vertx = vertx;
        this.plan = plan;
        this.clients = new Clients(vertx, plan.port());
    }

    Future<LoadReport> run() {
        Future<Void> done = clients.open(plan.connections());
        for (LoadPlan.Phase phase : plan.phases()) {
            done = done.compose(_ -> run(phase));
        }
        return done.map(_ -> new LoadReport(reports));
    }

    private Future<Void> run(LoadPlan.Phase phase) {
        Promise<Void> complete = Promise.promise();
        Tally tally = new Tally(phase);
        long begun = System.nanoTime();
        long[] sent = {0};
        vertx.setPeriodic(1, timer -> {
            long due = Math.min(phase.requests(), 1 + (System.nanoTime() - begun) * phase.requests() / nanos(phase));
            while (sent[0] < due) {
                long dueNanos = begun + sent[0] * nanos(phase) / phase.requests();
                boolean fresh = isFresh(phase, sent[0]);
                send(new Shot(number++, tally, begun, dueNanos), fresh);
                sent[0]++;
            }
            if (tally.isComplete()) {
                vertx.cancelTimer(timer);
                reports.add(tally.report());
                complete.complete();
            }
        });
        return complete.future();
    }

    private static long nanos(LoadPlan.Phase phase) {
        return phase.millis() * 1_000_000L;
    }

    private static boolean isFresh(LoadPlan.Phase phase, long index) {
        return index * phase.fresh() / phase.requests() != (index + 1) * phase.fresh() / phase.requests();
    }

    private void send(Shot shot, boolean fresh) {
        Future<HttpClientConnection> connection = fresh ? clients.fresh() : clients.borrow();
        connection
                .compose(open -> exchange(open, shot)
                        .onSuccess(_ -> {
                            if (fresh) {
                                open.close();
                            } else {
                                clients.giveBack(open);
                            }
                        })
                        .onFailure(_ -> {
                            open.close();
                            if (!fresh) {
                                clients.replace();
                            }
                        }))
                .onFailure(shot.tally()::failed);
    }

    private Future<Void> exchange(HttpClientConnection connection, Shot shot) {
        String text = Long.toString(shot.number());
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setURI(plan.path())
                .setTimeout(TIMEOUT_MILLIS)
                .putHeader("host", "127.0.0.1:" + plan.port())
                .putHeader("content-type", "application/json")
                .putHeader(
                        "authorization", "Bearer " + inTurn(plan.keys(), shot).replace("%N%", text));
        return connection
                .request(options)
                .compose(request ->
                        request.send(Buffer.buffer(inTurn(plan.bodies(), shot).replace("%N%", text))))
                .compose(response -> response.body().map(body -> count(shot, response, body, text)));
    }

    private static String code(Buffer problem) {
        Matcher code = CODE.matcher(problem.toString());
        return code.find() ? code.group(1) : "none";
    }

    private static String inTurn(List<String> texts, Shot shot) {
        return texts.get((int) (shot.number() % texts.size()));
    }

    private Void count(Shot shot, HttpClientResponse response, Buffer body, String text) {
        boolean own = plan.echo().isEmpty()
                || response.statusCode() != 200
                || body.toString().contains(plan.echo().replace("%N%", text));
        long now = System.nanoTime();
        if (response.statusCode() >= 400) {
            shot.tally().refused(code(body));
        }
        shot.tally().answered(response.statusCode(), own, shot.dueNanos() - shot.phaseNanos(), now - shot.dueNanos());
        return null;
    }
}
