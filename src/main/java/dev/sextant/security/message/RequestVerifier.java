package dev.sextant.security.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.JWK;
import dev.sextant.http.MessageSecurity.Head;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.SignatureRefused.Flaw;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.security.settings.PublicKeys;
import dev.sextant.security.settings.SecuritySettings;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.IntegerItem;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.ParseException;
import org.greenbytes.http.sfv.Parser;
import org.greenbytes.http.sfv.StringItem;

/**
 * Checks the signature of a request: by a key of the caller's tenant, over method, target and content, made just now, and
 * never seen before. Of several signatures the first by such a key counts. Source: RFC 9421, section 3.2.
 */
final class RequestVerifier {

    private static final int NONCE_LENGTH_MAX = 128;

    private final Nonces nonces;
    private final MessageConfig config;
    private final InstantSource clock;

    RequestVerifier(Nonces nonces, MessageConfig config, InstantSource clock) {
        this.nonces = nonces;
        this.config = config;
        this.clock = clock;
    }

    /** One signature, as the headers tell it. */
    private record Claimed(InnerList covered, ByteBuffer signature) {

        Set<String> components() {
            return covered.get().stream().map(Item::serialize).collect(Collectors.toSet());
        }

        Optional<String> text(String parameter) {
            return covered.getParams().get(parameter) instanceof StringItem text
                    ? Optional.of(text.get())
                    : Optional.empty();
        }

        Optional<Long> number(String parameter) {
            return covered.getParams().get(parameter) instanceof IntegerItem number
                    ? Optional.of(number.get())
                    : Optional.empty();
        }
    }

    /** Fails with {@code SignatureRefused}; with {@code Unavailable} where it cannot be known whether it is a replay. */
    Future<Void> verify(TenantId tenant, SecuritySettings settings, Head head, byte[] content) {
        List<JWK> keys = settings.signatures().keys().stream()
                .map((JsonNode key) -> PublicKeys.parsed(key))
                .toList();
        Claimed claimed;
        try {
            claimed = claimed(head, keys);
            requireCover(claimed, head, content);
            requirePresent(claimed);
            requireSigned(claimed, head, keys);
        } catch (ProblemException e) {
            return Future.failedFuture(e);
        }
        String nonce = claimed.text("nonce").orElse("");
        return nonces.isNew(tenant, claimed.text("keyid").orElse(""), nonce)
                .compose(isNew -> isNew
                        ? Future.succeededFuture()
                        : Future.failedFuture(refused(
                                Flaw.SIGNATURE_REPLAYED,
                                "This signature was used before: sign each request anew, with a fresh nonce.")));
    }

    private static Claimed claimed(Head head, List<JWK> keys) {
        try {
            Map<String, ListElement<?>> inputs = new Parser(head.headers().getAll("signature-input"))
                    .parseDictionary()
                    .get();
            Map<String, ListElement<?>> signatures = new Parser(head.headers().getAll("signature"))
                    .parseDictionary()
                    .get();
            for (Map.Entry<String, ListElement<?>> input : inputs.entrySet()) {
                if (input.getValue() instanceof InnerList covered
                        && signatures.get(input.getKey()) instanceof ByteSequenceItem signature
                        && covered.getParams().get("keyid") instanceof StringItem keyId
                        && keys.stream().anyMatch(key -> key.getKeyID().equals(keyId.get()))) {
                    return new Claimed(covered, signature.get());
                }
            }
        } catch (ParseException _) {
            throw invalid("Signature-Input and Signature do not parse as RFC 9421 wants them.");
        }
        throw invalid("There is no signature by a key that your tenant has registered (keyid).");
    }

    /** What a signature leaves out, whoever is in between could exchange. */
    private static void requireCover(Claimed claimed, Head head, byte[] content) {
        Set<String> components = claimed.components();
        boolean coversTarget = components.contains("\"@target-uri\"")
                || (components.containsAll(Set.of("\"@authority\"", "\"@path\""))
                        && (head.query().isEmpty() || components.contains("\"@query\"")));
        boolean coversContent = content.length == 0 || components.contains("\"content-digest\"");
        if (!components.contains("\"@method\"") || !coversTarget || !coversContent) {
            throw invalid(
                    "A signature must cover @method, @target-uri (or @authority, @path and, where there is one, @query)"
                            + " and, where there is a body, content-digest.");
        }
        List<String> digest = head.headers().getAll("content-digest");
        if (!digest.isEmpty() && !ContentDigest.holds(digest, content)) {
            throw invalid("Content-Digest is not that of the body as it came, by sha-256 or sha-512.");
        }
    }

    private void requirePresent(Claimed claimed) {
        long now = clock.instant().getEpochSecond();
        long skew = config.clockSkew().toSeconds();
        Optional<Long> created = claimed.number("created");
        String nonce = claimed.text("nonce").orElse("");
        if (created.isEmpty() || nonce.isEmpty() || nonce.length() > NONCE_LENGTH_MAX) {
            throw invalid("A signature needs created, and a nonce of 1 to 128 characters.");
        }
        boolean isOld = created.get() < now - config.signatureAge().toSeconds();
        boolean isEarly = created.get() > now + skew;
        boolean isOver = claimed.number("expires").orElse(Long.MAX_VALUE) < now - skew;
        if (isOld || isEarly || isOver) {
            throw refused(
                    Flaw.SIGNATURE_EXPIRED,
                    "A signature is good for %d seconds from 'created'; check your clock."
                            .formatted(config.signatureAge().toSeconds()));
        }
    }

    private void requireSigned(Claimed claimed, Head head, List<JWK> keys) {
        String keyId = claimed.text("keyid").orElse("");
        JWK key = keys.stream()
                .filter(one -> one.getKeyID().equals(keyId))
                .findFirst()
                .orElseThrow();
        SignatureAlgorithm algorithm = SignatureAlgorithm.of(key);
        Components message = new Components.OfRequest(head, config.publicOrigin());
        boolean isSigned = claimed.text("alg").orElse(algorithm.text()).equals(algorithm.text())
                && SignatureBase.of(claimed.covered(), message)
                        .filter(base -> algorithm.isSigned(key, base, ContentDigest.bytes(claimed.signature())))
                        .isPresent();
        if (!isSigned) {
            throw invalid("The signature is not that of this request by this key.");
        }
    }

    private static ProblemException invalid(String detail) {
        return refused(Flaw.SIGNATURE_INVALID, detail);
    }

    private static ProblemException refused(Flaw flaw, String detail) {
        return new ProblemException(new Problem.SignatureRefused(flaw, detail));
    }
}
