package dev.sextant.ingest;

import dev.sextant.bus.Bus;
import dev.sextant.http.Body;
import dev.sextant.http.BodyFailure;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import dev.sextant.ingest.IngestReceipt.EventError;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Ids;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.List;

/** {@code POST /api/v2/datasets/{name}/events} and {@code POST /api/v2/events}: 202 once the events are on disk. */
final class IngestEventsOperation implements Operation {

    private static final String LINES = "application/x-ndjson";

    private final String operationId;
    private final Bus bus;
    private final IngestConfig config;

    IngestEventsOperation(String operationId, Bus bus, IngestConfig config) {
        this.operationId = operationId;
        this.bus = bus;
        this.config = config;
    }

    @Override
    public String operationId() {
        return operationId;
    }

    @Override
    public Future<Reply> handle(Call call) {
        Body.Stream body = call.body().stream();
        boolean lines = body.type().equals(LINES);
        AppendEvents about = new AppendEvents(
                call.params().find("name", String.class).orElse(null),
                batchId(call.claim()),
                lines,
                Buffer.buffer(),
                0,
                call.params().flag("all_or_nothing"));
        return told(
                call,
                lines && !about.allOrNothing()
                        ? stream(about, body.bytes(), call).map(receipt -> new Taken(receipt, true))
                        : collect(body.bytes())
                                .compose(whole -> append(about, whole, 0, call)
                                        .map(receipt -> new Taken(receipt, lines || isArray(whole)))));
    }

    /** @param many whether the body is a list, so that an event has a place in it */
    private record Taken(IngestReceipt receipt, boolean many) {}

    private static Future<Reply> told(Call call, Future<Taken> taken) {
        return taken.onSuccess(some -> call.usage().events(some.receipt().accepted()))
                .map(some -> reply(some.receipt(), some.many()));
    }

    /** The same batch, where it comes again. */
    private static String batchId(String claim) {
        return claim.isEmpty() ? Ids.make("btc") : claim.replaceFirst("^[a-z]+", "btc");
    }

    private static boolean isArray(Buffer json) {
        int first = 0;
        while (first < json.length() && Character.isWhitespace(json.getByte(first))) {
            first++;
        }
        return first < json.length() && json.getByte(first) == '[';
    }

    private Future<IngestReceipt> stream(AppendEvents about, ReadStream<Buffer> bytes, Call call) {
        ReceiptSum sum = new ReceiptSum(about.batchId(), config.errorsMax());
        return new EventStream(
                        bytes,
                        config,
                        piece -> append(about, piece, sum.total().events(), call)
                                .onSuccess(sum::add)
                                .mapEmpty())
                .drain()
                .map(_ -> sum.total());
    }

    private Future<IngestReceipt> append(AppendEvents about, Buffer bytes, long firstIndex, Call call) {
        AppendEvents question = new AppendEvents(
                about.dataset(), about.batchId(), about.lines(), bytes, firstIndex, about.allOrNothing());
        Origin origin = call.origin().within(Deadline.in(config.patience()));
        return bus.askHere(IngestAddresses.APPEND, question, origin).map(appended -> {
            call.usage().resource("datasets/%s/events".formatted(appended.dataset()));
            return appended.receipt();
        });
    }

    private Future<Buffer> collect(ReadStream<Buffer> bytes) {
        Promise<Buffer> whole = Promise.promise();
        Buffer collected = Buffer.buffer();
        bytes.exceptionHandler(failure -> whole.tryFail(BodyFailure.of(failure)));
        bytes.endHandler(_ -> whole.tryComplete(collected));
        bytes.handler(chunk -> {
            if (collected.length() + chunk.length() <= config.jsonBytesMax()) {
                collected.appendBuffer(chunk);
            } else {
                bytes.handler(null); // What follows is not even unzipped.
                whole.tryFail(tooLarge());
            }
        });
        bytes.resume();
        return whole.future();
    }

    /** @param many whether the body is a list, so that an event has a place in it */
    private static Reply reply(IngestReceipt receipt, boolean many) {
        if (receipt.events() == 0) {
            String detail = "There is no event in the body.";
            throw new ProblemException(
                    new Problem.InvalidRequest(List.of(Violation.at("", "wrong_length", detail)), detail));
        }
        if (receipt.accepted() + receipt.duplicates() > 0) {
            return Reply.accepted(receipt);
        }
        throw new ProblemException(new Problem.Unprocessable(
                Reason.REJECTED_EVENTS,
                receipt.errors().stream().map(error -> violation(error, many)).toList(),
                "None of the %d events was taken; errors say why.".formatted(receipt.rejected())));
    }

    private static Violation violation(EventError error, boolean many) {
        String place = many ? "/" + error.index() : "";
        return Violation.at(place + error.pointer(), error.code(), error.detail());
    }

    private ProblemException tooLarge() {
        return new ProblemException(new Problem.TooLarge(
                config.jsonBytesMax(),
                "Such a body may have %d bytes: send it in parts, or as a stream of NDJSON without all_or_nothing."
                        .formatted(config.jsonBytesMax())));
    }
}
