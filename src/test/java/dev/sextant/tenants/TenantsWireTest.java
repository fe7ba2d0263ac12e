package dev.sextant.tenants;

import dev.sextant.WireForms;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The wire forms of the tenants' messages. Where one must change, its address becomes {@code v2}. */
class TenantsWireTest {

    private static final Tenant TENANT = new Tenant(
            "ten_acme",
            "acme",
            Tenant.Plan.STANDARD,
            Tenant.Status.SUSPENDED,
            3,
            Instant.parse("2026-11-23T15:00:00.000Z"),
            Instant.parse("2026-11-24T15:00:00.000Z"));
    private static final String FORM = """
            {"id":"ten_acme","name":"acme","plan":"standard","status":"suspended","version":3,\
            "created_at":"2026-11-23T15:00:00.000Z","purge_after":"2026-11-24T15:00:00.000Z"}""";

    @Test
    void theQuestionsKeepTheirForms() {
        WireForms.assertForm(new CreateTenant("acme", Tenant.Plan.FREE), """
                {"name":"acme","plan":"free"}""");
        WireForms.assertForm(new ListTenants(100, null, "acme"), """
                {"limit":100,"after":null,"name":"acme"}""");
        WireForms.assertForm(new GetTenant("ten_acme"), """
                {"id":"ten_acme"}""");
        WireForms.assertForm(new UpdateTenant("ten_acme", null, null, Tenant.Status.ACTIVE, "\"3\""), """
                {"id":"ten_acme","name":null,"plan":null,"status":"active","if_match":"\\"3\\""}""");
        WireForms.assertForm(new DeleteTenant("ten_acme", true), """
                {"id":"ten_acme","now":true}""");
    }

    @Test
    void theAnswersKeepTheirForms() {
        WireForms.assertForm(TENANT, FORM);
        WireForms.assertForm(
                new TenantPage(List.of(TENANT), "abc", true),
                "{\"data\":[" + FORM + "],\"next_cursor\":\"abc\",\"has_more\":true}");
    }
}
