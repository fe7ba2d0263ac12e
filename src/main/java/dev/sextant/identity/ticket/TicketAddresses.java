package dev.sextant.identity.ticket;

import dev.sextant.bus.Address;

/** What may be asked about tickets. Ask on the same node: a ticket should not travel. */
public final class TicketAddresses {

    /** Fails with {@code Unauthenticated} where the ticket is none, is over or was used, else as a check of its key. */
    public static final Address<RedeemTicket, TicketHolder> REDEEM =
            new Address<>("identity.redeem.v2", RedeemTicket.class, TicketHolder.class);

    static final Address<IssueTicket, IssuedTicket> ISSUE =
            new Address<>("identity.issue-ticket.v1", IssueTicket.class, IssuedTicket.class);

    private TicketAddresses() {}
}
