package dev.sextant.authz;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sextant.WireForms;
import dev.sextant.authz.policy.ColumnRule.Mask;
import dev.sextant.authz.policy.Decision.Considered;
import dev.sextant.authz.policy.Decision.Effect;
import dev.sextant.authz.policy.Grant;
import dev.sextant.authz.policy.PolicyDocument;
import dev.sextant.authz.policy.PolicyDocument.Columns;
import dev.sextant.authz.policy.PolicyDocument.FieldMask;
import dev.sextant.authz.policy.PolicyDocument.Measures;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The wire forms of the room's messages. Where one must change, its address becomes {@code v2}. */
class AuthzWireTest {

    private static final Instant MADE = Instant.parse("2026-11-23T15:00:00.000Z");
    private static final Grant GRANT = new Grant(null, List.of("dataset/*"), List.of("read"));

    @Test
    void rolesKeepTheirForms() {
        WireForms.assertForm(
                new PutRole(
                        "reader",
                        new RoleText("d", List.of("analytics:read"), List.of(GRANT)),
                        new Preconditions("\"1\"", false)),
                """
                {"name":"reader","text":{"description":"d","scopes":["analytics:read"],\
                "grants":[{"resources":["dataset/*"],"actions":["read"]}]},\
                "preconditions":{"if_match":"\\"1\\"","only_new":false}}""");
        WireForms.assertForm(
                new Role("reader", "d", List.of("analytics:read"), List.of(GRANT), false, 1, MADE, null), """
                {"name":"reader","description":"d","scopes":["analytics:read"],\
                "grants":[{"resources":["dataset/*"],"actions":["read"]}],"built_in":false,"version":1,\
                "created_at":"2026-11-23T15:00:00.000Z","updated_at":null}""");
    }

    @Test
    void policiesKeepTheirForms() {
        PolicyDocument document = new PolicyDocument(
                "n",
                PolicyDocument.Effect.DENY,
                List.of("analyst"),
                List.of("dataset/edits"),
                List.of("read"),
                JsonNodeFactory.instance.objectNode().put("segment", "people"),
                new Columns(List.of("ip"), List.of(new FieldMask("user", Mask.HASH))),
                new Measures(List.of("growth")));

        WireForms.assertForm(new PolicyReport.Standing("pol_a", 3, MADE, MADE).of(document), """
                {"id":"pol_a","name":"n","effect":"deny","roles":["analyst"],"resources":["dataset/edits"],"actions":["read"],\
                "rows":{"segment":"people"},"columns":{"hide":["ip"],"mask":[{"field":"user","with":"hash"}]},\
                "measures":{"deny":["growth"]},"version":3,"created_at":"2026-11-23T15:00:00.000Z",\
                "updated_at":"2026-11-23T15:00:00.000Z"}""");
    }

    @Test
    void questionsAboutAccessKeepTheirForms() {
        WireForms.assertForm(new CheckAccess(List.of(new CheckAccess.Check("read", "dataset/a")), null), """
                {"checks":[{"action":"read","resource":"dataset/a"}],"roles":null}""");
        WireForms.assertForm(AccessReport.of(List.of(true, false)), """
                {"allowed":false,"results":[true,false]}""");
        WireForms.assertForm(
                new AccessExplanation(
                        true, "role/analyst", List.of(new Considered("role/analyst", Effect.ALLOWS)), null),
                """
                {"allowed":true,"decided_by":"role/analyst","considered":[{"rule":"role/analyst","effect":"allows"}]}""");
    }
}
