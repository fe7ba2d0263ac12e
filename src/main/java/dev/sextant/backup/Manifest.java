package dev.sextant.backup;

import java.time.Instant;
import java.util.List;

/**
 * What is in a backup, and what made it.
 *
 * @param form of the backup itself; another one is read by another product
 * @param product the version of this server
 * @param schema the version of the tables
 * @param engine the version of what wrote the tenants' files
 * @param longestPauseMillis for how long the events of one tenant had to wait
 * @param parts all files but those that tell of them
 */
public record Manifest(
        int form,
        String product,
        String schema,
        String engine,
        Instant begunAt,
        Instant endedAt,
        BackupSecrets secrets,
        long longestPauseMillis,
        List<Part> parts) {

    /** What this product writes, and all that it reads. */
    static final int FORM = 1;

    /** Files of the manifest's own; they are no parts. */
    static final String NAME = "manifest.json";

    static final String SEAL = "manifest.seal";

    /** The sealed secrets. */
    static final String SECRETS = "secrets.sealed";

    /** The folders of the parts. Those of the data are called the same in a data folder. */
    static final String TABLES = "postgres";

    static final String JOURNAL = "journal";
    static final String TENANTS = "tenants";
    static final String TABLE_ENDING = ".copy";

    /**
     * A file.
     *
     * @param path within the backup, with slashes
     * @param sha256 of its bytes, in hexadecimal
     */
    public record Part(String path, long bytes, String sha256) {}

    public Manifest {
        parts = List.copyOf(parts);
    }

    public long bytes() {
        return parts.stream().mapToLong(Part::bytes).sum();
    }
}
