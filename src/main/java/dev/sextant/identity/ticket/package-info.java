/**
 * Tickets: let a page open one socket without telling it a credential that lasts.
 *
 * <p>The way through the room: {@code IssueTicketOperation} (event loop) asks {@code IssueTicket}; {@code TicketsVerticle}
 * puts the caller into Redis under a {@code TicketText} and takes it out again for whoever asks {@code RedeemTicket}.
 */
package dev.sextant.identity.ticket;
