package dev.sextant.limits;

/** Asks for the limits of a tenant. */
record GetLimits(String tenantId) {}
