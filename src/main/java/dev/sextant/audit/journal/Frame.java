package dev.sextant.audit.journal;

/**
 * One record as the journal holds it.
 *
 * @param sequence its number; they grow by one, and by more where a process ended
 * @param bytes whatever was appended
 */
public record Frame(long sequence, byte[] bytes) {}
