package dev.sextant.limits;

/** What the guard and the verticle share. */
record LimitsRoom(Accounts accounts, Leases leases, WaitingLines lines, Propagation propagation) {}
