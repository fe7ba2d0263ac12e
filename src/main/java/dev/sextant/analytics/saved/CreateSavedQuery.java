package dev.sextant.analytics.saved;

/** Asks to keep a query. */
record CreateSavedQuery(SavedText text) {}
