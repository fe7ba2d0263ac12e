package dev.sextant.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NextLinkTest {

    private static final Params PARAMS = new Params(Map.of("limit", 10L, "name", "a&b", "cursor", "old", "id", "x"));

    @Test
    void keepsWhatTheNextPageNeeds() {
        assertThat(NextLink.headers(PARAMS, List.of("tenant_id", "limit", "name"), "new"))
                .isEqualTo(Map.of("link", "<?limit=10&name=a%26b&cursor=new>; rel=\"next\""));
    }

    @Test
    void thereIsNoneOnTheLastPage() {
        assertThat(NextLink.headers(PARAMS, List.of("limit"), null)).isEmpty();
    }
}
