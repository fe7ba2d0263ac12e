package dev.sextant.audit.journal;

/**
 * One record as the journal holds it.
 *
 * @param sequence its number; they grow by one, and by more where a process ended
 * @param bytes whatever was appended
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, which nobody compares or changes
public record Frame(long sequence, byte[] bytes) {}
