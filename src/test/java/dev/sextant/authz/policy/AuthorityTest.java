package dev.sextant.authz.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.authz.policy.ColumnRule.Mask;
import dev.sextant.kernel.Policy;
import dev.sextant.kernel.ProblemException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AuthorityTest {

    private static final String NOTHING = "{\"roles\":[],\"policies\":[]}";

    @Test
    void anOwnerMayAllAndIsKeptFromNothing() {
        Authority owner = Authority.of(NOTHING, List.of("owner"));

        assertThat(owner.scopes()).isEqualTo(Scope.ofTenants()).doesNotContain("platform:tenants");
        assertThat(owner.policy()).isEqualTo(Policy.SEES_ALL);
        assertThat(Rules.of(owner.policy()).dataset(Action.READ, "edits").areNone())
                .isTrue();
    }

    @Test
    void aRoleThatThereIsNotGivesNothing() {
        Authority none = Authority.of(NOTHING, List.of("gone"));

        assertThat(none.scopes()).isEmpty();
        assertThat(Rules.of(none.policy()).allows(Action.READ, "dataset/edits")).isFalse();
    }

    @Test
    void aStoredRoleNeitherReplacesABuiltInOneNorGivesAScopeOfThePlatform() {
        Authority odd = Authority.of("""
                {"roles":[{"name":"viewer","scopes":["keys:write"],"grants":[]},
                          {"name":"odd","scopes":["platform:tenants","keys:read"],"grants":[]}],"policies":[]}""", List.of("viewer", "odd"));

        assertThat(odd.scopes()).containsExactlyInAnyOrder("analytics:read", "datasets:read", "keys:read");
    }

    @Test
    void viewsOfARoleAddUpAndDenialsTakeAway() {
        Authority analyst = Authority.of(
                policies(
                        policy("pol_a", "allow", "\"rows\":{\"field\":\"country\",\"op\":\"eq\",\"value\":\"DE\"}"),
                        policy("pol_b", "allow", "\"rows\":{\"value\":\"FR\",\"op\":\"eq\",\"field\":\"country\"}"),
                        policy("pol_c", "deny", "\"rows\":{\"field\":\"vip\",\"op\":\"eq\",\"value\":true}")),
                List.of("analyst"));

        DatasetRules rules = Rules.of(analyst.policy()).dataset(Action.READ, "edits");

        assertThat(rules.any()).hasSize(2);
        assertThat(Objects.requireNonNull(rules.any()).getLast().toString())
                .isEqualTo("{\"field\":\"country\",\"op\":\"eq\",\"value\":\"FR\"}");
        assertThat(rules.without()).hasSize(1);
        assertThat(Rules.of(analyst.policy()).dataset(Action.READ, "other").areNone())
                .isTrue();
    }

    @Test
    void aRoleThatSeesAllRowsOpensThemToWhoHasItTogetherWithANarrowerOne() {
        String found =
                policies(policy("pol_a", "allow", "\"rows\":{\"field\":\"country\",\"op\":\"eq\",\"value\":\"DE\"}"));

        DatasetRules both = Rules.of(
                        Authority.of(found, List.of("analyst", "viewer")).policy())
                .dataset(Action.READ, "edits");

        assertThat(both.any()).isNull();
    }

    @Test
    void whatIsDeniedIsDeniedWhicheverRoleGivesIt() {
        Authority all = Authority.of(policies(policy("pol_no", "deny", "\"name\":\"n\"")), List.of("owner", "analyst"));
        Rules rules = Rules.of(all.policy());

        assertThat(rules.allows(Action.READ, "dataset/edits")).isFalse();
        assertThat(rules.allows(Action.WRITE, "dataset/edits")).isTrue();
        assertThat(rules.allows(Action.READ, "dataset/other")).isTrue();
        assertThat(all.rules().decide(Action.READ, "dataset/edits").decidedBy()).isEqualTo("policy/pol_no");
        assertThat(all.rules().decide(Action.READ, "dataset/other").decidedBy()).isEqualTo("role/owner");
    }

    @Test
    void theStricterMaskHoldsAndHidingIsStricterStill() {
        Authority analyst = Authority.of(
                policies(
                        policy(
                                "pol_a",
                                "deny",
                                "\"columns\":{\"mask\":[{\"field\":\"user\",\"with\":\"hash\"},"
                                        + "{\"field\":\"ip\",\"with\":\"null\"}]}"),
                        policy(
                                "pol_b",
                                "deny",
                                "\"columns\":{\"hide\":[\"ip\"],"
                                        + "\"mask\":[{\"field\":\"user\",\"with\":\"redact\"}]},\"measures\":{\"deny\":[\"m\"]}")),
                List.of("analyst"));

        DatasetRules rules = Rules.of(analyst.policy()).dataset(Action.READ, "edits");

        assertThat(rules.hidden()).containsExactly("ip");
        assertThat(rules.fieldToMask().keySet()).containsExactly("user");
        assertThat(Objects.requireNonNull(rules.fieldToMask().get("user")).with())
                .isEqualTo(Mask.REDACT);
        assertThat(rules.measures()).containsExactly("m");
        assertThat(Rules.of(analyst.policy()).allows(Action.READ, "dataset/edits"))
                .isTrue();
    }

    @Test
    void theTextIsTheSameInWhateverOrderTheStoreTells() {
        String a = policy("pol_a", "deny", "\"columns\":{\"hide\":[\"a\",\"b\"]}");
        String b = policy("pol_b", "deny", "\"columns\":{\"hide\":[\"c\"]}");

        Policy one = Authority.of(policies(a, b), List.of("analyst", "viewer")).policy();
        Policy other =
                Authority.of(policies(b, a), List.of("viewer", "analyst")).policy();

        assertThat(one).isEqualTo(other).isNotEqualTo(Policy.SEES_ALL);
        assertThat(Rules.of(one).policy()).isEqualTo(one);
    }

    @Test
    void moreRulesThanCanBeCarriedAreNoAccess() {
        String filter =
                IntStream.range(0, 2000).mapToObj(i -> "\"v%07d\"".formatted(i)).collect(Collectors.joining(","));
        Authority large = Authority.of(
                policies(policy(
                        "pol_a", "allow", "\"rows\":{\"field\":\"c\",\"op\":\"in\",\"value\":[" + filter + "]}")),
                List.of("analyst"));

        assertThatThrownBy(large::policy).isInstanceOf(ProblemException.class);
    }

    private static String policies(String... policies) {
        return "{\"roles\":[],\"policies\":[" + String.join(",", policies) + "]}";
    }

    private static String policy(String id, String effect, String more) {
        String name = more.startsWith("\"name\"") ? more : "\"name\":\"n\"," + more;
        return """
                {"id":"%s","salt":"s","document":{"effect":"%s","roles":["analyst"],"resources":["dataset/edits"],
                 "actions":["read"],%s}}""".formatted(id, effect, name);
    }
}
