package dev.sextant.identity.user;

import java.time.InstantSource;

/** What the verticles of this room work with. */
record UserParts(PasswordQueue passwords, Authorities authorities, InstantSource clock) {}
