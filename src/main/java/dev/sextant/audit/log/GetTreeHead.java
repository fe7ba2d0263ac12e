package dev.sextant.audit.log;

/** Asks for the signed head of the tenant's log, as it is now. */
public record GetTreeHead() {}
