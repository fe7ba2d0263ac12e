package dev.sextant.security.settings;

/** Asks for the settings of the caller's tenant. */
record GetSettings() {}
