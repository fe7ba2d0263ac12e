package dev.sextant.identity.provider;

/** Asks for the providers of the origin's tenant: a handful. */
public record ListProviders() {}
