package dev.sextant.security.settings;

import dev.sextant.security.settings.SecuritySettings.Encryption;
import dev.sextant.security.settings.SecuritySettings.KeyRule;
import dev.sextant.security.settings.SecuritySettings.Signatures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The settings as a caller sends them; what is null is as for those who never said. */
record SettingsWish(
        @Nullable List<String> allowedOrigins,
        @Nullable List<KeyRule> keyRules,
        @Nullable Signatures signatures,
        @Nullable Encryption encryption) {

    SecuritySettings settings() {
        SecuritySettings none = SecuritySettings.NONE;
        return new SecuritySettings(
                allowedOrigins == null ? none.allowedOrigins() : allowedOrigins,
                keyRules == null ? none.keyRules() : keyRules,
                signatures == null ? none.signatures() : signatures,
                encryption == null ? none.encryption() : encryption,
                0,
                null);
    }
}
