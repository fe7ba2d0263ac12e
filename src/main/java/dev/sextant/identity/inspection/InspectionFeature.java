package dev.sextant.identity.inspection;

import java.util.function.Function;
import io.vertx.core.Future;
import dev.sextant.kernel.Principal;

import dev.sextant.http.Authenticator;
import dev.sextant.bus.Bus;
import dev.sextant.feature.Feature;
import dev.sextant.identity.token.Issuer;
import java.util.List;
import dev.sextant.http.Operation;
import dev.sextant.identity.token.Tokens;
import dev.sextant.feature.WorkerSpec;

/** The door of the inspection room. */
public final class InspectionFeature implements Feature {

    private final Bus bus;
    private final Tokens tokens;
    private final Function<String, Future<Principal>> prover;
    private final Issuer issuer;

    /** @param prover proves an access token, wherever its holder is */
    public InspectionFeature(Bus bus, Tokens tokens, Function<String, Future<Principal>> prover, Issuer issuer) {
        this.bus = bus;
        this.tokens = tokens;
        this.prover = prover;
        this.issuer = issuer;
    }

    @Override
    public List<Operation> operations() {
        Askers askers = new Askers(bus);
        return List.of(
                new RevokeTokenOperation(bus, askers, tokens),
                new IntrospectTokenOperation(bus, askers, tokens, prover, issuer));
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of();
    }
}
