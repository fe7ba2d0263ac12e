package dev.sextant.operations;

import java.time.Instant;

/** Which node has an operation, and until when the others believe it. */
record Lease(String node, Instant until) {}
