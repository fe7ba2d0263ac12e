package dev.sextant.launch.children;

import java.util.Locale;

/** The secrets of a data folder. */
enum SecretName {
    POSTGRES_SUPERUSER,
    POSTGRES_OWNER,
    POSTGRES_APP,
    POSTGRES_AUTH,
    POSTGRES_PLATFORM,
    REDIS,
    MASTER_KEY,
    CLUSTER;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
