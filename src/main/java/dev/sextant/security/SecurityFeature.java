package dev.sextant.security;

import dev.sextant.bus.Bus;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.MessageSecurity;
import dev.sextant.http.Operation;
import dev.sextant.http.OriginRules;
import dev.sextant.identity.token.MessageSigner;
import dev.sextant.identity.token.Seal;
import dev.sextant.security.message.MessageConfig;
import dev.sextant.security.message.MessageFeature;
import dev.sextant.security.settings.SettingsFeature;
import dev.sextant.store.Postgres;
import dev.sextant.store.RedisStore;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** The door of the security rooms, and the one place where they are put together. */
public final class SecurityFeature implements Feature {

    private final SettingsFeature settings;
    private final MessageFeature message;

    /**
     * What the rooms stand on.
     *
     * @param seal of keys that are kept
     */
    public record Ground(Bus bus, Postgres postgres, RedisStore redis, Seal seal, InstantSource clock) {}

    public SecurityFeature(Ground ground, MessageSigner signer, MessageConfig config) {
        this.settings = new SettingsFeature(ground.bus(), ground.postgres());
        this.message = new MessageFeature(
                new MessageFeature.Stores(ground.postgres().platformDb(), ground.redis(), ground.seal()),
                settings.book(),
                signer,
                config,
                ground.clock());
    }

    public OriginRules origins() {
        return settings.book();
    }

    public MessageSecurity messages() {
        return message.messages();
    }

    /** The public keys that requests may be encrypted for (JWK). */
    public List<String> publishedKeys() {
        return message.publishedKeys();
    }

    @Override
    public List<Operation> operations() {
        return settings.operations();
    }

    @Override
    public List<WorkerSpec> workers() {
        return Stream.concat(settings.workers().stream(), message.workers().stream())
                .toList();
    }
}
