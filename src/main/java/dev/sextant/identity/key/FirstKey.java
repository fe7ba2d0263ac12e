package dev.sextant.identity.key;

import dev.sextant.identity.key.KeyStore.NewKey;
import dev.sextant.kernel.Secret;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key that a tenant begins with: it has every scope that the tenant's keys may have, and a text that was made before
 * it. The platform's is what all other keys come from.
 */
record FirstKey(KeyStore store) {

    private static final Logger LOG = LoggerFactory.getLogger(FirstKey.class);

    /** Makes sure that it is there, and opens to the text given. One that was revoked stays so until the text changes. */
    Future<EnsuredKey> ensure(TenantId tenant, String name, Secret text) {
        String id = "key_" + tenant.value().substring("ten_".length());
        return store.ensure(new NewKey(id, tenant, wish(tenant, name), new KeyText(text.value())))
                .map(isGood -> {
                    if (!isGood) {
                        LOG.warn(
                                "The first API key of tenant[{}] was revoked; give it another text to have one",
                                tenant);
                    }
                    return new EnsuredKey(id, isGood);
                });
    }

    static CreateKey wish(TenantId tenant, String name) {
        return new CreateKey(name, scopes(tenant), null, null, null);
    }

    private static List<String> scopes(TenantId tenant) {
        return Scope.all().stream()
                .filter(scope -> tenant.equals(TenantId.PLATFORM)
                        || !Scope.of(scope).orElseThrow().ofPlatform())
                .sorted()
                .toList();
    }
}
