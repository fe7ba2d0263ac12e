package dev.sextant.identity.provider;

import org.jspecify.annotations.Nullable;

/** @param ifMatch the request's {@code If-Match}; null to put it whatever its version */
record PutProvider(String id, ProviderWish wish, @Nullable String ifMatch) {}
