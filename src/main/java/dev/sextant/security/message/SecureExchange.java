package dev.sextant.security.message;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.http.MessageSecurity.Exchange;
import dev.sextant.http.MessageSecurity.Head;
import dev.sextant.http.MessageSecurity.Opened;
import dev.sextant.http.Reply;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.security.settings.PublicKeys;
import dev.sextant.security.settings.SecuritySettings;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/** One request that is signed or encrypted, or whose answer is to be. */
final class SecureExchange implements Exchange {

    /** What is to be done. */
    record Tasks(boolean verify, boolean requireCipher, boolean encrypt, boolean sign) {

        boolean areNone() {
            return !verify && !requireCipher && !encrypt && !sign;
        }
    }

    /** Who does it. */
    record Parts(RequestVerifier verifier, BodyCipher cipher, ResponseSigner signer) {}

    private final Parts parts;
    private final Tasks tasks;
    private final TenantId tenant;
    private final SecuritySettings settings;
    private final Head head;

    SecureExchange(Parts parts, Tasks tasks, TenantId tenant, SecuritySettings settings, Head head) {
        this.parts = parts;
        this.tasks = tasks;
        this.tenant = tenant;
        this.settings = settings;
        this.head = head;
    }

    @Override
    public boolean encrypts() {
        return tasks.encrypt();
    }

    @Override
    public boolean seals(boolean canBeWhole) {
        return tasks.encrypt() || (tasks.sign() && (canBeWhole || isSignatureAsked(head.headers())));
    }

    static boolean isSignatureAsked(MultiMap headers) {
        return headers.contains("accept-signature");
    }

    @Override
    public boolean opens() {
        return tasks.verify() || tasks.requireCipher();
    }

    @Override
    public Future<Opened> open(String type, Buffer body) {
        Future<Void> verified = tasks.verify()
                ? parts.verifier().verify(tenant, settings, head, body.getBytes())
                : Future.succeededFuture();
        return verified.map(_ -> opened(type, body));
    }

    private Opened opened(String type, Buffer body) {
        if (type.equals(BodyCipher.TYPE)) {
            return parts.cipher().open(body);
        }
        if (tasks.requireCipher() && body.length() > 0) {
            throw new ProblemException(new Problem.PolicyDenied(
                    "Your tenant takes encrypted bodies only: send a JWE as 'content-type: application/jose'."));
        }
        return new Opened(type, body);
    }

    @Override
    public Reply.Encoded close(Reply.Encoded reply) {
        JsonNode key = settings.encryption().key();
        Reply.Encoded sealed =
                tasks.encrypt() && key != null ? BodyCipher.sealed(PublicKeys.parsed(key), reply) : reply;
        return tasks.sign() ? parts.signer().signed(sealed, head) : sealed;
    }
}
