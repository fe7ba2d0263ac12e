package dev.sextant.identity;

import dev.sextant.bus.Bus;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Authenticator;
import dev.sextant.http.Operation;
import dev.sextant.identity.key.KeyFeature;
import dev.sextant.identity.key.KeyProver;
import dev.sextant.identity.key.KeyReader;
import dev.sextant.identity.key.KeyStore;
import dev.sextant.identity.key.LastUses;
import dev.sextant.identity.ticket.TicketFeature;
import dev.sextant.identity.token.MessageSigner;
import dev.sextant.identity.token.SigningKeyStore;
import dev.sextant.identity.token.Statements;
import dev.sextant.identity.token.TokenFeature;
import dev.sextant.store.ChangeFeed;
import dev.sextant.store.Postgres;
import dev.sextant.store.RedisStore;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** The door of the identity rooms, and the one place where they are put together. */
public final class IdentityFeature implements Feature {

    /** Where identity keeps things. */
    public record Stores(Postgres postgres, RedisStore redis) {}

    private final List<Feature> rooms;
    private final Authenticator authenticator;
    private final TokenFeature tokens;

    public IdentityFeature(
            Bus bus, Stores stores, IdentityConfig config, IdentitySecrets secrets, InstantSource clock) {
        Postgres postgres = stores.postgres();
        KeyProver prover = new KeyProver(new KeyReader(postgres.credentialDb()::credential, config.keys()), clock);
        KeyStore keyStore = new KeyStore(postgres.tenantDb(), postgres.platformDb(), clock);
        LastUses uses = new LastUses();
        KeyFeature keys = new KeyFeature(bus, keyStore, secrets.platformKey(), config.keys(), uses, clock);
        SigningKeyStore signingKeys = new SigningKeyStore(postgres.platformDb(), secrets.master());
        this.tokens = new TokenFeature(bus, signingKeys, prover, config.tokens(), clock);
        TicketFeature tickets = new TicketFeature(bus, stores.redis(), config.tickets());
        this.rooms = List.of(keys, tokens, tickets);

        TenantGates gates = gates(postgres.changeFeed());
        TenantDirectory tenants = new TenantDirectory(postgres.platformDb(), gates, config.credentialsMax());
        CredentialProof proof = new CredentialProof(prover, tokens.tokens(), uses);
        this.authenticator = new KeyAuthenticator(proof, tenants::requireActive, gates, config, clock);
    }

    private static TenantGates gates(ChangeFeed feed) {
        TenantGates gates = new TenantGates(feed::fresh);
        feed.onChange((tenant, _) -> gates.changed(tenant));
        feed.onGap(gates::allChanged);
        return gates;
    }

    /** Signs messages with the keys that sign tokens. */
    public MessageSigner messageSigner() {
        return tokens.messageSigner();
    }

    /** Publishes further keys beside those that sign tokens: public ones (JWK). */
    public void publishAlso(Supplier<List<String>> publicKeys) {
        tokens.publishAlso(publicKeys);
    }

    /** Works as soon as the workers have started. */
    public Authenticator authenticator() {
        return authenticator;
    }

    /** Signs what the server states; works as soon as the workers have started. */
    public Statements statements() {
        return tokens.statements();
    }

    @Override
    public List<Operation> operations() {
        return rooms.stream().flatMap(room -> room.operations().stream()).toList();
    }

    @Override
    public List<WorkerSpec> workers() {
        return rooms.stream().flatMap(room -> room.workers().stream()).toList();
    }
}
