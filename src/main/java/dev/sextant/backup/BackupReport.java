package dev.sextant.backup;

/** What is being made. */
record BackupReport(String operationId, String status, String name, BackupSecrets secrets) {}
