package dev.sextant.identity;

import dev.sextant.bus.Bus;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Authenticator;
import dev.sextant.http.Operation;
import dev.sextant.identity.client.ClientFeature;
import dev.sextant.identity.client.ClientStore;
import dev.sextant.identity.grant.GrantFeature;
import dev.sextant.identity.grant.SignInProver;
import dev.sextant.identity.inspection.InspectionFeature;
import dev.sextant.identity.key.KeyFeature;
import dev.sextant.identity.key.KeyProver;
import dev.sextant.identity.key.KeyReader;
import dev.sextant.identity.key.KeyRights;
import dev.sextant.identity.key.KeyStore;
import dev.sextant.identity.key.LastUses;
import dev.sextant.identity.provider.ProviderFeature;
import dev.sextant.identity.provider.ProviderStore;
import dev.sextant.identity.session.SessionFeature;
import dev.sextant.identity.ticket.TicketFeature;
import dev.sextant.identity.token.Issuer;
import dev.sextant.identity.token.MessageSigner;
import dev.sextant.identity.token.SigningKeyStore;
import dev.sextant.identity.token.Statements;
import dev.sextant.identity.token.TokenFeature;
import dev.sextant.identity.user.Authorities;
import dev.sextant.identity.user.UserFeature;
import dev.sextant.store.ChangeFeed;
import dev.sextant.store.CredentialDb;
import dev.sextant.store.KeyBounds;
import dev.sextant.store.Postgres;
import dev.sextant.store.RedisStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** The door of the identity rooms, and the one place where they are put together. */
public final class IdentityFeature implements Feature {

    /** Where identity keeps things. */
    public record Stores(Postgres postgres, RedisStore redis) {}

    private final List<Feature> rooms;
    private final Authenticator authenticator;
    private final Issuer issuer;
    private final TokenFeature tokens;
    private final Statements statements;

    /** To be made before jobs start. */
    public IdentityFeature(
            Bus bus, Stores stores, IdentityConfig config, IdentitySecrets secrets, InstantSource clock) {
        Postgres postgres = stores.postgres();
        CredentialDb credentials =
                postgres.credentialDb(Duration.ofMillis(config.keys().lookupMillis()));
        KeyProver prover = new KeyProver(new KeyReader<>(credentials::credential, config.keys()), clock);
        SignInProver signIns = new SignInProver(new KeyReader<>(credentials::signIn, config.keys()), clock);
        KeyStore keyStore = new KeyStore(postgres.tenantDb(), postgres.platformDb(), clock);
        LastUses uses = new LastUses();
        KeyRights rights = new KeyRights(credentials::authority);
        KeyBounds bounds = new KeyBounds(postgres.platformDb());
        Authorities authorities = new Authorities(credentials::authority, bounds);
        this.issuer = new Issuer(config.tokens().issuer());
        SigningKeyStore signingKeys = new SigningKeyStore(postgres.platformDb(), secrets.master(), clock);
        this.tokens = new TokenFeature(
                bus,
                new TokenFeature.Stores(signingKeys, postgres.jobs(), prover, authorities),
                issuer,
                config.tokens(),
                clock);
        this.statements = tokens.statements();
        TenantGates gates = gates(postgres.changeFeed());
        tokens.heed(postgres.changeFeed(), gates::allChanged);
        TenantDirectory tenants = new TenantDirectory(postgres.platformDb(), gates, config.credentialsMax());
        CredentialProof proof = new CredentialProof(prover, signIns, tokens.tokens(), uses, rights);
        this.authenticator = new KeyAuthenticator(proof, tenants::requireActive, gates, config, clock);
        this.rooms = List.of(
                new KeyFeature(
                        bus,
                        keyStore,
                        secrets.platformKey(),
                        config.keys(),
                        new KeyFeature.Shared(uses, rights, bounds),
                        clock),
                new UserFeature(bus, postgres.tenantDb(), authorities, config.users(), clock),
                new ClientFeature(
                        bus,
                        new ClientStore(postgres.tenantDb()),
                        credentials::client,
                        authorities::requireWhole,
                        config.clients()),
                new GrantFeature(bus, postgres, config.signIns(), clock),
                new ProviderFeature(
                        bus, new ProviderStore(postgres.tenantDb(), secrets.master()), authorities, config.providers()),
                new SessionFeature(
                        bus,
                        new SessionFeature.Ground(stores.redis(), issuer, authorities, secrets.master()),
                        config.sessions(),
                        clock),
                tokens,
                new InspectionFeature(
                        bus,
                        tokens.tokens(),
                        token -> proof.prove(token, gates.epoch())
                                .compose(proven -> proven.verified().anywhere(clock.millis())),
                        issuer),
                new TicketFeature(bus, stores.redis(), config.tickets()));
    }

    private static TenantGates gates(ChangeFeed feed) {
        TenantGates gates = new TenantGates(feed::fresh, feed::freshAgain);
        feed.onChange((tenant, _) -> gates.changed(tenant));
        feed.onGap(gates::allChanged);
        return gates;
    }

    /** Tells where the server listens; before the first caller. */
    public void listensAt(String baseUrl) {
        issuer.listensAt(baseUrl);
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
        return statements;
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
