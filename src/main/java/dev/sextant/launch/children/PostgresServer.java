package dev.sextant.launch.children;

import dev.sextant.kernel.Secret;

/** A PostgreSQL that was started here: where it is, and the password of each role. */
public record PostgresServer(
        String host, int port, String database, Secret owner, Secret app, Secret auth, Secret platform) {}
