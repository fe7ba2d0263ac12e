package dev.sextant.analytics.saved;

/** Asks for a saved query. */
record GetSavedQuery(String id) {}
