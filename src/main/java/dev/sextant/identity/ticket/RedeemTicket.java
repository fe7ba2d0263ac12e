package dev.sextant.identity.ticket;

/**
 * Asks whom a ticket stands for, and uses it up. It prints without the ticket.
 *
 * @param client where whoever shows it is: the address
 */
public record RedeemTicket(String ticket, String client) {

    @Override
    public String toString() {
        return "RedeemTicket[ticket=***]";
    }
}
