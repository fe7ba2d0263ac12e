package dev.sextant.backup;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a backup.
 *
 * @param name of its folder; null for the time
 * @param secrets null for what the configuration lets expect
 */
record MakeBackup(@Nullable String name, @Nullable BackupSecrets secrets) {}
