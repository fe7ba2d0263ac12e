/**
 * Backups of a server that stands alone, made while it runs.
 *
 * <p>The way through the room: {@code CreateBackupOperation} asks {@code BackupVerticle}, which records an operation and has a
 * {@code Making} go through the parts, the journal first, then PostgreSQL, then each tenant's events, for the reasons of ADR 0070.
 * It writes them by a {@code BackupFolder}, which has another name until its {@code Manifest} is in it. A {@code WholeBackup} is such
 * a folder as a restore reads it: it is checked part by part before anything is made of it. {@code SealedSecrets} close the master
 * key by a passphrase, {@code ManifestSeal} ties the manifest to that key.
 */
package dev.sextant.backup;
