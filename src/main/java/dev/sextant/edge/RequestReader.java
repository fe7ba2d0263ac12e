package dev.sextant.edge;

import com.networknt.schema.Schema;
import dev.sextant.edge.defence.ConnectionConfig;
import dev.sextant.edge.defence.PacedBody;
import dev.sextant.http.Body;
import dev.sextant.http.MessageSecurity.Exchange;
import dev.sextant.http.MessageSecurity.Opened;
import dev.sextant.http.Params;
import dev.sextant.kernel.Bytes;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.streams.ReadStream;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes from a request what the contract promises for one operation, and refuses all else. */
final class RequestReader {

    /** What is sent without its length being known. */
    private static final List<String> STREAMS =
            List.of("application/x-ndjson", "text/csv", "application/vnd.apache.parquet");

    /** As callers accept who want an encrypted answer: what is inside is up to us. */
    private static final String ANY = "application/json, */*;q=0.1";

    private final ContractOperation promised;
    private final boolean readsOnly;
    private final List<String> produced;
    private final List<String> whole;
    private final List<String> headerNames;
    private final Set<String> queryNames;
    private final CheckedBodies checked;
    private final int bodyBytesMax;
    private final ConnectionConfig connections;

    RequestReader(ContractOperation promised, CheckedBodies checked, EdgeConfig config) {
        this.promised = promised;
        this.checked = checked;
        this.readsOnly = promised.readsOnly();
        this.produced = promised.produced();
        this.whole = produced.stream().filter(type -> !STREAMS.contains(type)).toList();
        this.headerNames = promised.parameters().stream()
                .filter(parameter -> parameter.in().equals("header"))
                .map(Parameter::name)
                .toList();
        this.queryNames = promised.parameters().stream()
                .filter(parameter -> parameter.in().equals("query"))
                .map(Parameter::name)
                .collect(Collectors.toSet());
        this.bodyBytesMax = Math.min(config.bodyBytesMax(), promised.bodyBytesMax());
        this.connections = config.connections();
    }

    ContractOperation promised() {
        return promised;
    }

    /**
     * The one of the operation's media types that the caller likes best; empty where it answers without a body. Refuses
     * a caller who accepts none, and one who wants a stream that would have to be signed or encrypted.
     */
    String agree(HttpServerRequest request, Optional<Exchange> exchange) {
        if (produced.isEmpty()) {
            return "";
        }
        boolean isSealed = exchange.isPresent() && exchange.get().seals(answersWhole());
        boolean isEncrypted = exchange.isPresent() && exchange.get().encrypts();
        String accept = isEncrypted ? ANY : accept(request);
        String agreed = isSealed
                ? liked(accept, whole).orElseThrow(() -> new ProblemException(unsealed(accept)))
                : liked(accept, produced).orElseThrow(() -> new ProblemException(unknown(accept)));
        if (request.version() == HttpVersion.HTTP_1_0 && STREAMS.contains(agreed)) {
            throw new ProblemException(new Problem.NotAcceptable(
                    whole,
                    "Over HTTP/1.0 nothing is answered as %s: where it was cut off, it would look whole. Use HTTP/1.1."
                            .formatted(agreed)));
        }
        return agreed;
    }

    /** Whether the operation has an answer that is no stream. */
    boolean answersWhole() {
        return !whole.isEmpty();
    }

    private static Optional<String> liked(String accept, List<String> offered) {
        if (offered.contains(accept)) {
            return Optional.of(accept);
        }
        return accept.equals("*/*") && !offered.isEmpty()
                ? Optional.of(offered.getFirst())
                : MediaTypes.agreed(accept, offered);
    }

    private static String accept(HttpServerRequest request) {
        List<String> accept = request.headers().getAll("accept");
        return accept.isEmpty() ? "*/*" : String.join(",", accept);
    }

    private Problem unsealed(String accept) {
        return liked(accept, produced).isEmpty() ? unknown(accept) : Messages.unsealed(whole);
    }

    private Problem unknown(String accept) {
        String key = accept.toLowerCase(Locale.ROOT).contains(Messages.JOSE)
                ? " For %s your tenant must have registered a key: see PUT /api/v2/security-settings."
                        .formatted(Messages.JOSE)
                : "";
        return new Problem.NotAcceptable(produced, "This answers as %s.%s".formatted(String.join(", ", produced), key));
    }

    Params params(RoutingContext context) {
        return RequestValidator.params(promised.parameters(), raw(context));
    }

    /** The body, in the form the contract gives it. It stays paused where it is handed on as a stream, or a socket is to be opened. */
    Future<Body> body(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (promised.consumed().isEmpty()) {
            if (!promised.opensSocket()) {
                request.resume();
            }
            return Future.succeededFuture(new Body.Empty());
        }
        String type = MediaTypes.bare(header(request, "content-type"));
        Schema schema = promised.consumed().get(type);
        if (schema == null) {
            return refuseType(promised.consumed().keySet().stream().sorted().toList(), "content-type");
        }
        String encoding = header(request, "content-encoding").toLowerCase(Locale.ROOT);
        ReadStream<Buffer> bytes = paced(type, context);
        return switch (encoding) {
            case "", "identity" -> read(type, schema, bytes);
            case "gzip", "x-gzip" -> read(type, schema, new Gunzip(bytes));
            default -> refuseType(List.of("gzip", "identity"), "content-encoding");
        };
    }

    /** The same of a body that is signed or encrypted: it is read whole, and up to the limit of those. */
    Future<Body> body(RoutingContext context, Exchange exchange) {
        HttpServerRequest request = context.request();
        if (!List.of("", "identity").contains(header(request, "content-encoding"))) {
            return refuseType(List.of("identity"), "content-encoding");
        }
        String type = MediaTypes.bare(header(request, "content-type"));
        return BodyReader.read(PacedBody.whole(request, context.vertx(), connections), bodyBytesMax)
                .compose(whole -> exchange.open(type, whole))
                .compose(this::body);
    }

    private Future<Body> body(Opened opened) {
        if (promised.consumed().isEmpty()) {
            return Future.succeededFuture(new Body.Empty());
        }
        Schema schema = promised.consumed().get(opened.type());
        if (schema == null) {
            return refuseType(promised.consumed().keySet().stream().sorted().toList(), "content-type");
        }
        return read(opened.type(), schema, new BufferStream(opened.bytes()));
    }

    private ReadStream<Buffer> paced(String type, RoutingContext context) {
        return isReadWhole(type)
                ? PacedBody.whole(context.request(), context.vertx(), connections)
                : PacedBody.flowing(context.request(), context.vertx(), connections);
    }

    private boolean isReadWhole(String type) {
        return !promised.rawBody() && (MediaTypes.isJson(type) || type.equals(FormReader.TYPE));
    }

    private Future<Body> read(String type, Schema schema, ReadStream<Buffer> bytes) {
        if (!isReadWhole(type)) {
            return Future.succeededFuture(new Body.Stream(type, bytes));
        }
        return MediaTypes.isJson(type)
                ? BodyReader.read(bytes, bodyBytesMax).map(whole -> json(schema, Bytes.of(whole.getBytes())))
                : BodyReader.read(bytes, FormReader.BYTES_MAX).map(whole -> RequestValidator.form(schema, whole));
    }

    /** Questions come again; what is to be stored does not, and may be secret. */
    private Body json(Schema schema, Bytes bytes) {
        return readsOnly ? checked.json(schema, bytes) : RequestValidator.json(schema, bytes);
    }

    private static Future<Body> refuseType(List<String> accepted, String header) {
        return ProblemException.failed(new Problem.UnsupportedMediaType(
                accepted, "Send %s as %s.".formatted(String.join(" or ", accepted), header)));
    }

    private Map<String, Map<String, List<String>>> raw(RoutingContext context) {
        requireWellEncoded(context.request().path());
        Map<String, List<String>> path = new HashMap<>();
        context.pathParams().forEach((name, value) -> path.put(name, List.of(value)));
        Map<String, List<String>> query = query(context);
        if (promised.ignoresUnknown()) {
            query.keySet().retainAll(queryNames);
        }
        return Map.of("path", path, "query", query, "header", headers(context.request()));
    }

    private static Map<String, List<String>> query(RoutingContext context) {
        String query = context.request().query();
        return query == null || query.isEmpty() ? new HashMap<>() : FormReader.fields(query);
    }

    /** The router has decoded it by now, and takes what is no UTF-8. */
    private static void requireWellEncoded(String path) {
        try {
            PercentCode.decoded(path);
        } catch (IllegalArgumentException _) {
            throw new ProblemException(
                    new Problem.Malformed("The path is not well encoded: it must be UTF-8, percent-encoded."));
        }
    }

    private Map<String, List<String>> headers(HttpServerRequest request) {
        Map<String, List<String>> raw = new HashMap<>();
        headerNames.forEach(name -> raw.put(name, request.headers().getAll(name)));
        return raw;
    }

    private static String header(HttpServerRequest request, String name) {
        String value = request.getHeader(name);
        return value == null ? "" : value.strip();
    }
}
