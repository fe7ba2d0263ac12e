package dev.sextant.security.message;

import dev.sextant.http.MessageSecurity;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.SignatureRefused.Flaw;
import dev.sextant.kernel.ProblemException;
import dev.sextant.security.message.SecureExchange.Parts;
import dev.sextant.security.message.SecureExchange.Tasks;
import dev.sextant.security.settings.SecuritySettings;
import dev.sextant.security.settings.SecuritySettings.Answers;
import dev.sextant.security.settings.SecuritySettings.Demand;
import dev.sextant.security.settings.SettingsBook;
import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks what the caller's tenant wants of its messages: most never said, and that is known by one look into a map. */
final class TenantMessages implements MessageSecurity {

    private final SettingsBook book;
    private final Parts parts;

    TenantMessages(SettingsBook book, Parts parts) {
        this.book = book;
        this.parts = parts;
    }

    @Override
    public Optional<Exchange> begin(Principal principal, Supplier<Head> asked) {
        SecuritySettings settings = book.of(principal.tenant());
        if (settings.version() == 0) {
            return Optional.empty();
        }
        Head head = asked.get();
        requireCertificate(settings.certificate(principal.actor()), head.certificate());
        Tasks tasks = tasks(settings, head.headers());
        return tasks.areNone()
                ? Optional.empty()
                : Optional.of(new SecureExchange(parts, tasks, principal.tenant(), settings, head));
    }

    @Override
    public void requireBond(Principal principal, Supplier<String> certificate) {
        String wanted = book.of(principal.tenant()).certificate(principal.actor());
        if (wanted != null) {
            requireCertificate(wanted, certificate.get());
        }
    }

    /** A key that was stolen is of no use without the certificate (after RFC 8705). */
    private static void requireCertificate(@Nullable String wanted, String shown) {
        if (wanted != null && !wanted.equals(shown)) {
            throw new ProblemException(new Problem.PolicyDenied(
                    "This key works only with the client certificate that its tenant has named."));
        }
    }

    private static Tasks tasks(SecuritySettings settings, MultiMap headers) {
        boolean isSigned = headers.contains("signature-input");
        boolean mustBeSigned = settings.signatures().requests() == Demand.REQUIRED;
        if (mustBeSigned && !isSigned) {
            throw new ProblemException(new Problem.SignatureRefused(
                    Flaw.SIGNATURE_REQUIRED,
                    "Your tenant takes signed requests only (RFC 9421): send Signature-Input and Signature."));
        }
        boolean isEncrypted = isJose(headers.get("content-type"));
        boolean mustBeEncrypted = settings.encryption().requests() == Demand.REQUIRED;
        return new Tasks(
                mustBeSigned || (isSigned && !settings.signatures().keys().isEmpty()),
                mustBeEncrypted || isEncrypted,
                settings.encryption().key() != null && accepts(headers.getAll("accept")),
                settings.signatures().responses() == Answers.ALWAYS || SecureExchange.isSignatureAsked(headers));
    }

    private static boolean accepts(Iterable<String> accept) {
        for (String header : accept) {
            for (String element : header.split(",", -1)) {
                if (isJose(element)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isJose(@Nullable String type) {
        return type != null
                && type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(BodyCipher.TYPE);
    }
}
