package dev.sextant.edge;

import dev.sextant.http.AuditEntry;
import dev.sextant.http.AuditEntry.Kind;
import dev.sextant.http.AuditEntry.Outcome;
import dev.sextant.http.AuditEntry.Used;
import dev.sextant.http.ProblemDocument;
import dev.sextant.http.Reply;
import dev.sextant.http.Usage;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call of an operation on its way, and its one record: kept when it is known how the call ended. On its event loop. */
final class RecordedCall {

    private static final String KEY = RecordedCall.class.getName();

    /** The caller was gone before the answer was written. */
    private static final String HUNG_UP = "hung_up";

    /** A stream failed, or its caller went, after its first bytes had left. */
    private static final String BROKEN_OFF = "broken_off";

    private static final int CREATED = 201;

    /** In place of a status that nobody got. */
    private static final int STATUS_OF_NOBODY = 499;

    private final RoutingContext context;
    private final ContractOperation promised;
    private final Records records;
    private final Arrival arrival;
    private final Usage usage = new Usage();
    private Principal principal = Principal.NOBODY;
    private boolean isKept;
    private boolean isSocket;
    private boolean isClosedTo;

    private RecordedCall(RoutingContext context, ContractOperation promised, Records records) {
        this.context = context;
        this.promised = promised;
        this.records = records;
        this.arrival = Arrival.of(context);
        usage.onCaller(this::by);
        usage.onRefusal(this::closedTo);
    }

    static RecordedCall begin(RoutingContext context, ContractOperation promised, Records records) {
        RecordedCall exchange = new RecordedCall(context, promised, records);
        context.put(KEY, exchange);
        return exchange;
    }

    /** Null before the request found its operation. */
    static @Nullable RecordedCall of(RoutingContext context) {
        return context.get(KEY);
    }

    Usage usage() {
        return usage;
    }

    /** Who calls, or for whom: as far as it is known, the last one told counts. */
    void by(Principal known) {
        principal = known;
        if (isSocket) {
            recordOpening();
        }
    }

    /** Who calls, or for whom, as far as it is known. */
    Principal principal() {
        return principal;
    }

    boolean isAnonymous() {
        return principal.equals(Principal.NOBODY);
    }

    /** To be told of whatever the call fails with: whoever was refused, and is known all the same, is who called. */
    void refused(Throwable failure) {
        if (isAnonymous() && failure instanceof ProblemException known) {
            principal = known.refused();
        }
    }

    /** Whoever opened the socket is refused before it was known for anybody's: that is all there is to record of it. */
    private void closedTo(ProblemException refusal) {
        if (isKept) {
            return;
        }
        refused(refusal);
        isClosedTo = !isAnonymous();
        if (isClosedTo) {
            ProblemDocument told =
                    ProblemDocument.of(refusal.problem(), context.request().path(), arrival.trace());
            try {
                keep(told.status(), told.code(), 0);
            } catch (ProblemException _) {
                // The socket is closed all the same.
            }
        }
    }

    /** What was made is what the call was about. */
    void made(Reply reply) {
        Map<String, String> headers = switch (reply) {
            case Reply.Value value when value.status() == CREATED -> value.headers();
            case Reply.Encoded encoded when encoded.status() == CREATED -> encoded.headers();
            default -> Map.of();
        };
        String location = headers.getOrDefault("location", "");
        if (location.startsWith(ContractOperation.BASE)) {
            usage.resource(location.substring(ContractOperation.BASE.length()));
        }
    }

    /** To be called before the last byte leaves; throws where no record can be kept. */
    void answered(int status, String code, long bytesOut) {
        keep(status, context.response().closed() ? HUNG_UP : code, bytesOut);
    }

    /** What left was not all. It changes nothing where the record is kept already, or cannot be. */
    void brokenOff() {
        try {
            HttpServerResponse response = context.response();
            if (response.headWritten()) {
                keep(response.getStatusCode(), BROKEN_OFF, response.bytesWritten());
            } else {
                keep(STATUS_OF_NOBODY, HUNG_UP, 0);
            }
        } catch (ProblemException _) {
            // Nobody has got an answer that would be without its record.
        }
    }

    /** The caller went: of a stream, nobody may ever tell the end. */
    void hungUp() {
        if (context.response().headWritten() && !isSocket) {
            brokenOff();
        }
    }

    /** The answer to this call is to be a socket. */
    void opening() {
        if (!isAnonymous()) {
            answered(101, "", 0);
        }
    }

    void opened(ServerWebSocket socket) {
        isSocket = true;
        records.sockets().add(socket, this);
    }

    private void keep(int status, String code, long bytesOut) {
        if (!isKept) {
            long elapsedNanos = arrival.elapsedNanos();
            records.audit()
                    .keep(entry(
                            Kind.CALL,
                            new Outcome(status, code),
                            new Used(usage.costUnits(), usage.events(), bytesOut, elapsedNanos, 0)));
            isKept = true;
        }
    }

    /** A socket may tell who it is by its first frame: its opening is recorded when that is known. */
    private void recordOpening() {
        try {
            keep(101, "", 0);
        } catch (ProblemException _) {
            // It is tried again with the first while that is put on record.
        }
    }

    /** A while of the socket that this call opened; throws where it cannot be kept. */
    void socketWasOpen(long millis) {
        if (isClosedTo) {
            return;
        }
        keep(101, "", 0);
        records.audit().keep(entry(Kind.SOCKET, new Outcome(101, ""), new Used(0, 0, 0, 0, millis)));
    }

    /** What the operation has named; else what the address names, however it was spelled. */
    private String resource() {
        String named = usage.resource();
        return named.isEmpty() ? promised.resource(context.pathParams()) : named;
    }

    private AuditEntry entry(Kind kind, Outcome outcome, Used used) {
        return new AuditEntry(
                kind, principal, promised.operationId(), resource(), arrival.trace(), arrival.client(), outcome, used);
    }
}
