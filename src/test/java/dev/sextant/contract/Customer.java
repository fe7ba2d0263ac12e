package dev.sextant.contract;

/** A tenant made for a test, and its first key. */
record Customer(String tenant, String keyId, String key, Caller caller) {}
