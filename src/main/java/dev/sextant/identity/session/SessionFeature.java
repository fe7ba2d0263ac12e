package dev.sextant.identity.session;

import dev.sextant.identity.user.Authorities;
import dev.sextant.bus.Bus;
import dev.sextant.feature.Feature;
import java.time.InstantSource;
import dev.sextant.identity.token.Issuer;
import java.util.List;
import dev.sextant.http.Operation;
import dev.sextant.store.RedisStore;
import dev.sextant.kernel.Secret;
import dev.sextant.feature.WorkerSpec;

/** The door of the session room, and the one place where its parts are put together. */
public final class SessionFeature implements Feature {

    /** What the room stands on. */
    public record Ground(RedisStore redis, Issuer issuer, Authorities authorities, Secret master) {}

    private final Bus bus;
    private final Visits visits;
    private final SignInAttempts signIns;
    private final ExternalAttempts externals;

    public SessionFeature(Bus bus, Ground ground, SessionConfig config, InstantSource clock) {
        this.bus = bus;
        this.visits = new Visits(
                bus,
                new Visits.Parts(
                        new BrowserSessions(ground.redis(), config, clock),
                        new CsrfTokens(ground.master()),
                        ground.issuer(),
                        ground.authorities()));
        this.signIns = new SignInAttempts(ground.redis(), config);
        this.externals = new ExternalAttempts(ground.redis());
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                new AuthorizeOperation(visits),
                new SignInOperation(bus, visits, signIns),
                new ConsentOperation(bus, visits),
                new BeginExternalSignInOperation(bus, visits, externals),
                new FinishExternalSignInOperation(bus, visits, externals));
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of();
    }
}
