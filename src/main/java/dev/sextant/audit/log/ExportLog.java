package dev.sextant.audit.log;

/** Asks for the whole log of the tenant. */
record ExportLog() {}
