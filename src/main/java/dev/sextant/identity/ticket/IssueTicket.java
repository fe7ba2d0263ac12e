package dev.sextant.identity.ticket;

/** Asks for a ticket that stands for the origin's principal. */
record IssueTicket() {}
