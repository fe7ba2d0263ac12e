package dev.sextant.identity.key;

import dev.sextant.identity.key.KeyStore.NewKey;
import dev.sextant.kernel.Secret;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The platform's first key, with every scope: what all other keys come from. Its text is made at the installation. */
record PlatformKey(KeyStore store, Secret text) {

    private static final Logger LOG = LoggerFactory.getLogger(PlatformKey.class);
    private static final String ID = "key_platform";

    /** Makes sure that it is there, and opens to the text given. One that was revoked stays so until the text changes. */
    Future<Void> ensure() {
        List<String> scopes = Scope.all().stream().sorted().toList();
        CreateKey wish = new CreateKey("platform", scopes, null);
        return store.ensure(new NewKey(ID, TenantId.PLATFORM, wish, new KeyText(text.value())))
                .map(isGood -> {
                    if (!isGood) {
                        LOG.warn("The platform's first API key was revoked; give it another text to have one again");
                    }
                    return null;
                });
    }
}
