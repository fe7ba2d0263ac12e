package dev.sextant.identity.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.WireForms;
import dev.sextant.kernel.TenantId;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketTextTest {

    private static final TenantId ACME = new TenantId("ten_acme");

    @Test
    void leadsBackToItsTenantAndPrintsNothing() {
        TicketText ticket = TicketText.make(ACME, new SecureRandom());

        assertThat(ticket.value()).startsWith("wst_acme.");
        assertThat(TicketText.parse(ticket.value())).contains(ticket);
        assertThat(ticket).hasToString("wst_***");
    }

    @Test
    void isKeptUnderItsTenantAndAHash() {
        TicketText ticket = TicketText.make(ACME, new SecureRandom());

        assertThat(ticket.place().tenant()).isEqualTo(ACME);
        assertThat(ticket.place().name()).matches("ticket:[0-9a-f]{64}").doesNotContain(ticket.value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "wst_", "wst_acme", "wst_acme.short", "wst_a:b.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatHasAnotherFormIsNoTicket(String text) {
        assertThat(TicketText.parse(text)).isEmpty();
    }

    /** Where one must change, its address becomes {@code v2}. */
    @Test
    void theMessagesKeepTheirForms() {
        WireForms.assertForm(new IssueTicket(), "{}");
        WireForms.assertForm(new IssuedTicket("wst_a", 30), """
                {"ticket":"wst_a","expires_in":30}""");
        WireForms.assertForm(new RedeemTicket("wst_a", "192.0.2.1"), """
                {"ticket":"wst_a","client":"192.0.2.1"}""");
        WireForms.assertForm(new TicketHolder("ten_acme", "key_1", List.of("analytics:read"), null, "all"), """
                {"tenant":"ten_acme","actor":"key_1","scopes":["analytics:read"],"datasets":null,"policy":"all"}""");
    }
}
