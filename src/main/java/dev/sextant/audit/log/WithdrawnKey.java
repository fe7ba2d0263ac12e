package dev.sextant.audit.log;

import java.time.Instant;

/** A key that has signed heads and is not to be trusted any more: what it signed is worth what a later head confirms. */
public record WithdrawnKey(String keyId, Instant withdrawnAt) {}
