package dev.sextant.security.settings;

import dev.sextant.bus.Bus;
import dev.sextant.http.EntityTag;
import dev.sextant.identity.key.CheckChangeable;
import dev.sextant.identity.key.KeyAddresses;
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
        violations.addAll(KeyRules.doubles(question.wanted()));
        if (!violations.isEmpty()) {
            return ProblemException.failed(
                    new Problem.InvalidRequest(violations, "The settings cannot be had like this: see errors."));
        }
        return store.get(origin.tenant()).compose(seen -> {
            List<String> touched = KeyRules.touched(seen, question.wanted());
            return requireChangeable(touched, question, origin)
                    .compose(_ -> store.replace(origin, present -> changed(present, touched, question, origin)));
        });
    }

    /** Asked of the key room before the change, which may not wait for it; what came between is found by {@link #changed}. */
    private Future<Void> requireChangeable(List<String> touched, ReplaceSettings question, Origin origin) {
        if (touched.isEmpty()) {
            return Future.succeededFuture();
        }
        return bus.askHere(KeyAddresses.CHECK_CHANGEABLE, new CheckChangeable(touched), origin)
                .map(unknown -> {
                    KeyRules.requireKnown(question.wanted(), unknown.keyIds());
                    return null;
                });
    }

    private static SecuritySettings changed(
            SecuritySettings present, List<String> checked, ReplaceSettings question, Origin origin) {
        boolean isAsRead = question.ifMatch() == null || EntityTag.matches(question.ifMatch(), present.version());
        List<String> touched = KeyRules.touched(present, question.wanted());
        if (!isAsRead || !checked.containsAll(touched)) {
            throw new ProblemException(new Problem.PreconditionFailed(
                    "The settings were changed since you read them; read them again, then decide anew."));
        }
        String actor = origin.principal().actor();
        requireStillBound(actor, present, question.wanted());
        if (touched.contains(actor)) {
            KeyRules.requireShown(question.wanted(), actor, question.certificate());
        }
        return question.wanted();
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
