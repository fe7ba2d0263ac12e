package dev.sextant.identity.user;

import org.jspecify.annotations.Nullable;

/** @param ifMatch the request's {@code If-Match}; null to change it whatever its version */
record UpdateUser(String id, UserChange change, @Nullable String ifMatch) {}
