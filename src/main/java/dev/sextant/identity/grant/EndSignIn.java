package dev.sextant.identity.grant;

/** Asks that a sign-in of that tenant be over, with all that came of it. To end it again changes nothing. */
public record EndSignIn(String tenant, String signInId) {}
