package dev.sextant.store;

import dev.sextant.kernel.Secret;

/** The roles in which this server logs in; each may do less than the one before it. */
enum PostgresRole {
    OWNER("sextant_owner"),
    PLATFORM("sextant_platform"),
    APP("sextant_app"),
    AUTH("sextant_auth");

    private final String user;

    PostgresRole(String user) {
        this.user = user;
    }

    String user() {
        return user;
    }

    Secret password(PostgresConfig.Passwords passwords) {
        return switch (this) {
            case OWNER -> passwords.owner();
            case PLATFORM -> passwords.platform();
            case APP -> passwords.app();
            case AUTH -> passwords.auth();
        };
    }
}
