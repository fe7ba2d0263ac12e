package dev.sextant.identity.ticket;

/** Asks whom a ticket stands for, and uses it up. It prints without the ticket. */
public record RedeemTicket(String ticket) {

    @Override
    public String toString() {
        return "RedeemTicket[ticket=***]";
    }
}
