package dev.sextant.perf.load;

/**
 * What came of it.
 *
 * @param heldMedian how many connections were open, sampled each second
 * @param opened how many were opened in all
 * @param ended how many of these the server closed
 * @param failed how often a connection could not be opened
 * @param bytes sent in all
 */
public record DribbleReport(int heldMedian, long opened, long ended, long failed, long bytes) {}
