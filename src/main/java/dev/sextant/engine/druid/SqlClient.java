package dev.sextant.engine.druid;

import dev.sextant.engine.RunHandle;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks Druid SQL over HTTP. What is no longer wanted is stopped in Druid too, by its id, which nobody can guess.
 *
 * <p>Its futures complete on its loop.
 */
final class SqlClient {

    private static final String PATH = "/druid/v2/sql";
    private static final int OK = 200;
    private static final int ID_BYTES = 16;

    /** To tell Druid to stop takes no longer, or is not told. */
    private static final long STOP_MILLIS = 5_000;

    private final Vertx vertx;
    private final Context loop;
    private final HttpClient http;
    private final Brokers brokers;
    private final SqlAsk.Terms terms;
    private final DruidFailure failures;
    private final SecureRandom random = new SecureRandom();

    SqlClient(Vertx vertx, DruidConfig config, Brokers brokers) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.http = client(vertx, config.servers());
        this.brokers = brokers;
        this.terms = new SqlAsk.Terms(config.queries().lane(), config.queries().subqueryRowsMax());
        this.failures = new DruidFailure(config.queries().subqueryRowsMax());
    }

    static HttpClient client(Vertx vertx, DruidConfig.Servers config) {
        return vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(
                                Math.toIntExact(config.connectPatience().toMillis())),
                new PoolOptions().setHttp1MaxSize(config.connectionsMax()).setMaxWaitQueueSize(1_000));
    }

    /**
     * Asks. Done when the first bytes of the answer are there, and it is certain that there is one; its rows are to be read
     * or closed.
     */
    Future<SqlAnswer> ask(SqlAsk question, Deadline deadline, RunHandle handle) {
        return onLoop(() -> brokers.next()
                .map(broker -> ask(broker, question, deadline, handle))
                .orElseGet(() -> ProblemException.failed(DruidFailure.away())));
    }

    /** The same of one broker. */
    Future<SqlAnswer> ask(Brokers.Broker broker, SqlAsk question, Deadline deadline, RunHandle handle) {
        return onLoop(() -> broker.ask(address -> new Asking(address, question, deadline, handle).begin())
                .recover(this::explained));
    }

    /** All rows of a small answer. */
    Future<List<List<@Nullable Object>>> rows(SqlAsk question, Deadline deadline, SqlAnswer.Bounds bounds) {
        return ask(question, deadline, new RunHandle()).compose(answer -> answer.all(bounds));
    }

    private <T> Future<T> onLoop(Supplier<Future<T>> work) {
        Promise<T> promise = Promise.promise();
        loop.runOnContext(_ -> work.get().onComplete(promise));
        return promise.future();
    }

    private Future<SqlAnswer> explained(Throwable failure) {
        if (failure instanceof ProblemException || failure instanceof DruidFailure.UnknownName) {
            return Future.failedFuture(failure);
        }
        return ProblemException.failed(DruidFailure.away());
    }

    void close() {
        http.close();
    }

    /** One request, from its first byte to the last of its answer. On the loop alone. */
    private final class Asking implements SqlAnswer.Source {

        private final String address;
        private final SqlAsk question;
        private final Deadline deadline;
        private final RunHandle handle;
        private final String id;
        private final Promise<SqlAnswer> head = Promise.promise();
        private Optional<HttpClientRequest> request = Optional.empty();
        private Optional<SqlAnswer> answer = Optional.empty();
        private long timer;
        private boolean ended;

        Asking(String address, SqlAsk question, Deadline deadline, RunHandle handle) {
            byte[] unguessable = new byte[ID_BYTES];
            random.nextBytes(unguessable);
            this.id = "sextant-" + HexFormat.of().formatHex(unguessable);
            this.address = address;
            this.question = question;
            this.deadline = deadline;
            this.handle = handle;
        }

        Future<SqlAnswer> begin() {
            long millis = Math.max(1, deadline.remaining().toMillis());
            timer = vertx.setTimer(millis, _ -> stop(DruidFailure.late()));
            handle.cancelled()
                    .onSuccess(_ -> loop.runOnContext(_ -> stop(new Problem.Cancelled("The query was stopped."))));
            RequestOptions options = new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setAbsoluteURI(address + PATH)
                    .putHeader("Content-Type", "application/json");
            http.request(options).compose(this::send).onComplete(this::headed);
            return head.future();
        }

        private Future<HttpClientResponse> send(HttpClientRequest opened) {
            if (ended) {
                opened.reset();
                return Future.failedFuture("It is not wanted any more");
            }
            request = Optional.of(opened);
            return opened.send(question.body(id, deadline.remaining(), terms));
        }

        private void headed(AsyncResult<HttpClientResponse> response) {
            if (response.failed()) {
                end();
                head.tryFail(response.cause());
            } else if (response.result().statusCode() != OK) {
                refused(response.result());
            } else {
                SqlAnswer begun = new SqlAnswer(loop, response.result().pause(), question.types(), this);
                answer = Optional.of(begun);
                if (!head.tryComplete(begun)) {
                    begun.close();
                }
            }
        }

        private void refused(HttpClientResponse response) {
            response.body().onComplete(body -> {
                end();
                head.tryFail(failures.of(response.statusCode(), body.succeeded() ? body.result() : Buffer.buffer()));
            });
        }

        private void stop(Problem problem) {
            if (!ended) {
                head.tryFail(new ProblemException(problem)); // before the connection fails, which says less
                answer.ifPresent(begun -> begun.fail(new ProblemException(problem)));
                giveUp();
            }
        }

        @Override
        public void end() {
            ended = true;
            vertx.cancelTimer(timer);
        }

        @Override
        public void giveUp() {
            if (ended) {
                return;
            }
            end();
            request.ifPresent(HttpClientRequest::reset);
            RequestOptions options = new RequestOptions()
                    .setMethod(HttpMethod.DELETE)
                    .setTimeout(STOP_MILLIS)
                    .setAbsoluteURI(address + PATH + "/" + id);
            http.request(options).compose(HttpClientRequest::send).onSuccess(HttpClientResponse::end);
        }
    }
}
