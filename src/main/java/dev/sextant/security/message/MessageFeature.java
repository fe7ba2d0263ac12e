package dev.sextant.security.message;

import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.MessageSecurity;
import dev.sextant.http.Operation;
import dev.sextant.identity.token.MessageSigner;
import dev.sextant.identity.token.Seal;
import dev.sextant.security.settings.SettingsBook;
import dev.sextant.store.PlatformDb;
import dev.sextant.store.RedisStore;
import io.vertx.core.ThreadingModel;
import java.time.InstantSource;
import java.util.List;

/** The door of the message room, and the one place where its parts are put together. */
public final class MessageFeature implements Feature {

    private final MessageKeys keys = new MessageKeys();
    private final MessageKeyStore store;
    private final MessageSecurity messages;
    private final InstantSource clock;

    /** Where keys and nonces are kept. */
    public record Stores(PlatformDb platform, RedisStore redis, Seal seal) {}

    public MessageFeature(
            Stores stores, SettingsBook book, MessageSigner signer, MessageConfig config, InstantSource clock) {
        this.store = new MessageKeyStore(stores.platform(), stores.seal(), config.keyLifetime());
        this.clock = clock;
        Nonces nonces = new Nonces(
                stores.redis(), config.signatureAge().plus(config.clockSkew().multipliedBy(2)), config.noncesMax());
        this.messages = new TenantMessages(
                book,
                new SecureExchange.Parts(
                        new RequestVerifier(nonces, config, clock),
                        new BodyCipher(keys),
                        new ResponseSigner(signer, config.publicOrigin(), clock)));
    }

    /** Works as soon as the workers have started. */
    public MessageSecurity messages() {
        return messages;
    }

    /** The public keys that requests may be encrypted for (JWK). */
    public List<String> publishedKeys() {
        return keys.published();
    }

    @Override
    public List<Operation> operations() {
        return List.of();
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(new WorkerSpec(
                "message-keys", ThreadingModel.EVENT_LOOP, 1, () -> new MessageKeysVerticle(store, keys, clock)));
    }
}
