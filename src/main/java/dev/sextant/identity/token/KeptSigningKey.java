package dev.sextant.identity.token;

import com.nimbusds.jose.jwk.ECKey;
import java.time.Instant;

/** A signing key with its private half, and since when there is one. */
record KeptSigningKey(ECKey key, Instant createdAt) {}
