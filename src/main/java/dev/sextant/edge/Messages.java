package dev.sextant.edge;

import dev.sextant.http.MessageSecurity;
import dev.sextant.http.MessageSecurity.Exchange;
import dev.sextant.http.MessageSecurity.Head;
import dev.sextant.http.Reply;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Hands requests and answers to those who sign and encrypt, in the forms that they take. */
final class Messages {

    /** As what encrypted answers are asked for; where it is not known what for, nobody encrypts. */
    static final String JOSE = "application/jose";

    private static final String JSON = "application/json";

    private Messages() {}

    static Optional<Exchange> begin(MessageSecurity security, Principal principal, HttpServerRequest request) {
        return security.begin(principal, () -> head(request));
    }

    private static Head head(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        return new Head(
                request.method().name(),
                request.scheme(),
                authority == null ? "" : authority.toString(),
                Objects.requireNonNullElse(request.path(), ""),
                Objects.requireNonNullElse(request.query(), ""),
                request.headers(),
                certificate(request));
    }

    /** As in {@link Head}. Source: RFC 7515, section 4.1.8. */
    static String certificate(HttpServerRequest request) {
        SSLSession session = request.connection().sslSession();
        try {
            return session == null ? "" : thumbprint(session.getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException _) {
            return "";
        }
    }

    private static String thumbprint(Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256, and a certificate that was read a form", e);
        }
    }

    /**
     * What there is no body of, and sockets, stay as they are.
     *
     * @param canBeWhole whether the operation has an answer that is no stream
     */
    static Reply close(Reply reply, Exchange exchange, boolean canBeWhole) {
        return switch (reply) {
            case Reply.Encoded encoded -> exchange.close(encoded);
            case Reply.Value value -> exchange.close(encoded(value));
            case Reply.NotModified _, Reply.NoContent _, Reply.Socket _ -> reply;
            case Reply.Stream _ -> {
                if (exchange.seals(canBeWhole)) {
                    throw new ProblemException(unsealed(List.of(JSON)));
                }
                yield reply;
            }
        };
    }

    /** @param others what the operation answers in besides streams */
    static Problem unsealed(List<String> others) {
        return new Problem.NotAcceptable(
                others,
                others.isEmpty()
                        ? "Streams are neither signed nor encrypted, and this answers in no other way: ask for it without."
                        : "Streams are neither signed nor encrypted; ask for %s.".formatted(String.join(", ", others)));
    }

    private static Reply.Encoded encoded(Reply.Value value) {
        Map<String, String> headers = new HashMap<>(value.headers());
        headers.put("content-type", JSON);
        return new Reply.Encoded(value.status(), headers, Buffer.buffer(Json.write(value.body())));
    }
}
