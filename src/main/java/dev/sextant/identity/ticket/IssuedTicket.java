package dev.sextant.identity.ticket;

/**
 * A ticket. It prints without its text.
 *
 * @param expiresIn seconds
 */
record IssuedTicket(String ticket, long expiresIn) {

    @Override
    public String toString() {
        return "IssuedTicket[ticket=***, expiresIn=%d]".formatted(expiresIn);
    }
}
