package dev.sextant.health;

/** Asks how the server's parts are. */
record CheckHealth() {}
