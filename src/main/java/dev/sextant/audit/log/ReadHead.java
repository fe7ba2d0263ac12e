package dev.sextant.audit.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A head whose signature is right.
 *
 * @param keyId of the key that signed it
 * @param withdrawnAt since when that key may be in other hands; null where it is not known to be
 */
record ReadHead(SignedHead head, String keyId, @Nullable Instant withdrawnAt) {}
