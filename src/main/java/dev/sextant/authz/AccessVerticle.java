package dev.sextant.authz;

import dev.sextant.authz.policy.Action;
import dev.sextant.authz.policy.Decision;
import dev.sextant.authz.policy.KnownRules;
import dev.sextant.authz.policy.Rules;
import dev.sextant.bus.Bus;
import dev.sextant.kernel.Origin;
import dev.sextant.store.TenantDb;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what somebody may do, and why. Of oneself it waits for nothing. */
final class AccessVerticle extends VerticleBase {

    private static final String DATASET = "dataset/";
    private static final String CREDENTIAL = "credential";

    private final Bus bus;
    private final TenantDb db;
    private final KnownRules rules;

    AccessVerticle(Bus bus, TenantDb db, KnownRules rules) {
        this.bus = bus;
        this.db = db;
        this.rules = rules;
    }

    @Override
    public Future<?> start() {
        return Future.all(
                bus.answer(AuthzAddresses.CHECK, this::check), bus.answer(AuthzAddresses.EXPLAIN, this::explain));
    }

    private Future<AccessReport> check(CheckAccess question, Origin origin) {
        return rules(question.roles(), origin)
                .map(all -> AccessReport.of(question.checks().stream()
                        .map(check -> isWithin(question.roles(), check, origin)
                                && all.allows(action(check), check.resource()))
                        .toList()));
    }

    private Future<AccessExplanation> explain(ExplainAccess question, Origin origin) {
        return rules(question.roles(), origin)
                .map(all -> isWithin(question.roles(), question.check(), origin)
                        ? explanation(question, all)
                        : new AccessExplanation(false, CREDENTIAL, List.of(), null));
    }

    /** The caller's own credential may be limited to some datasets. */
    private static boolean isWithin(@Nullable List<String> roles, CheckAccess.Check check, Origin origin) {
        return roles != null
                || !check.resource().startsWith(DATASET)
                || origin.principal().reach().covers(check.resource().substring(DATASET.length()));
    }

    private static AccessExplanation explanation(ExplainAccess question, Rules all) {
        Action action = action(question.check());
        String resource = question.check().resource();
        Decision decision = all.decide(action, resource);
        boolean tellsData = question.tellsData() && decision.allowed() && resource.startsWith(DATASET);
        return new AccessExplanation(
                decision.allowed(),
                decision.decidedBy(),
                decision.considered(),
                tellsData
                        ? AccessExplanation.Data.of(all.dataset(action, resource.substring(DATASET.length())))
                        : null);
    }

    private static Action action(CheckAccess.Check check) {
        return Action.of(check.action()).orElseThrow(() -> new IllegalStateException("The contract lists the actions"));
    }

    private Future<Rules> rules(@Nullable List<String> roles, Origin origin) {
        return roles == null
                ? Future.succeededFuture(rules.of(origin.principal()))
                : db.inTransaction(origin.tenant(), Standing::read)
                        .map(standing -> standing.authority(roles).rules());
    }
}
