package dev.sextant.identity.inspection;

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
    private final Authenticator authenticator;
    private final Issuer issuer;

    public InspectionFeature(Bus bus, Tokens tokens, Authenticator authenticator, Issuer issuer) {
        this.bus = bus;
        this.tokens = tokens;
        this.authenticator = authenticator;
        this.issuer = issuer;
    }

    @Override
    public List<Operation> operations() {
        Askers askers = new Askers(bus);
        return List.of(
                new RevokeTokenOperation(bus, askers, tokens),
                new IntrospectTokenOperation(bus, askers, tokens, authenticator, issuer));
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of();
    }
}
