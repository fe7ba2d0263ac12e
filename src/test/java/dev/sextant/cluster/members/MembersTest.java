package dev.sextant.cluster.members;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.kernel.Secret;
import org.junit.jupiter.api.Test;

class MembersTest {

    @Test
    void refusesToListenAtAnAddressOfAnotherMachine() {
        ClusterConfig config = new ClusterConfig(
                true,
                "sextant",
                new Secret("s".repeat(16)),
                new ClusterConfig.Members("203.0.113.7", 5701, "", ""),
                ClusterConfig.DEFAULT.bus());

        assertThatThrownBy(() -> Members.join(config, "one"))
                .isInstanceOf(CannotJoinException.class)
                .hasMessageContaining("203.0.113.7")
                .hasMessageContaining("cluster.members.host");
    }
}
