package dev.sextant.security.settings;

import dev.sextant.bus.Bus;
import dev.sextant.http.EntityTag;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import dev.sextant.store.ChangeFeed;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.List;

/** Tells and changes the settings of tenants, and keeps this node's book of them. */
final class SettingsVerticle extends VerticleBase {

    private final Bus bus;
    private final SettingsStore store;
    private final SettingsBook book;
    private final ChangeFeed feed;

    SettingsVerticle(Bus bus, SettingsStore store, SettingsBook book, ChangeFeed feed) {
        this.bus = bus;
        this.store = store;
        this.book = book;
        this.feed = feed;
    }

    @Override
    public Future<?> start() {
        return book.begin(vertx, feed)
                .compose(_ -> Future.all(
                        bus.answer(
                                SettingsAddresses.GET,
                                (GetSettings _, Origin origin) ->
                                        store.get(origin.principal().tenant())),
                        bus.answer(SettingsAddresses.REPLACE, this::replace)));
    }

    private Future<SecuritySettings> replace(ReplaceSettings question, Origin origin) {
        List<Violation> violations = new ArrayList<>(PublicKeys.violations(question.wanted()));
        violations.addAll(WebOrigins.violations(question.wanted()));
        if (!violations.isEmpty()) {
            return ProblemException.failed(
                    new Problem.InvalidRequest(violations, "The settings cannot be had like this: see errors."));
        }
        return store.replace(origin, present -> {
            if (question.ifMatch() != null && !EntityTag.matches(question.ifMatch(), present.version())) {
                throw new ProblemException(new Problem.PreconditionFailed(
                        "The settings were changed since you read them; read them again, then decide anew."));
            }
            requireStillBound(origin.principal().actor(), present, question.wanted());
            return question.wanted();
        });
    }

    /** A key that works with one certificate only does not take that back by itself. */
    private static void requireStillBound(String actor, SecuritySettings present, SecuritySettings wanted) {
        String certificate = present.certificate(actor);
        if (certificate != null && !certificate.equals(wanted.certificate(actor))) {
            throw new ProblemException(new Problem.PolicyDenied(
                    "Your key works with one certificate only: leave its rule in key_rules, or use another key."));
        }
    }
}
