package dev.sextant.identity.session;

import java.time.Instant;

/** Who sits before a browser, since when. */
record BrowserSession(String userId, Instant signedInAt) {}
