package dev.sextant.identity.provider;

/** Where to send the browser. */
public record ExternalAddress(String url) {}
