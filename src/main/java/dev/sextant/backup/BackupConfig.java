package dev.sextant.backup;

import dev.sextant.kernel.Secret;
import java.time.Duration;

/**
 * {@code backup:} in the configuration file.
 *
 * @param folder in which backups are made; relative to the data folder
 * @param passphrase seals the secrets in them; empty leaves them out
 * @param patience how long one may take
 * @param pauseMax how long a tenant's events may wait while its file is copied
 * @param spareBytes what must be left of the disk when one is made
 */
public record BackupConfig(String folder, Secret passphrase, Duration patience, Duration pauseMax, long spareBytes) {

    private static final int PASSPHRASE_LENGTH_MIN = 12;

    public static final BackupConfig DEFAULT =
            new BackupConfig("backups", new Secret(""), Duration.ofHours(1), Duration.ofSeconds(20), 256L << 20);

    public BackupConfig {
        if (folder.isBlank()) {
            throw new IllegalArgumentException("backup: folder must be named");
        }
        int length = passphrase.value().length();
        if (length > 0 && length < PASSPHRASE_LENGTH_MIN) {
            throw new IllegalArgumentException("backup: passphrase must have 12 characters or more");
        }
        if (patience.toSeconds() < 1 || pauseMax.toMillis() < 1 || spareBytes < 0) {
            throw new IllegalArgumentException(
                    "backup: patience must be 1s or more, pause_max 1ms or more, spare_bytes 0 or more");
        }
    }

    boolean hasPassphrase() {
        return !passphrase.value().isEmpty();
    }
}
