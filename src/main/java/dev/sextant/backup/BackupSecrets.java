package dev.sextant.backup;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What becomes of the secrets in a backup. Named on the wire in lower case. */
public enum BackupSecrets {
    SEALED,
    LEFT_OUT;

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
