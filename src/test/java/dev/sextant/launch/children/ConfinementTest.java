package dev.sextant.launch.children;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What children take from the environment. */
class ConfinementTest {

    @Test
    void nodesHaveTheSettings() {
        assertThat(Confinement.hears(ChildKind.NODE, "SEXTANT_NODE_FAREWELL")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NODE")
    void nobodyElseHas(ChildKind kind) {
        assertThat(Confinement.hears(kind, "SEXTANT_SECRETS_MASTER_KEY")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void allFindProgramsAndNothingElse(ChildKind kind) {
        assertThat(Confinement.hears(kind, "PATH")).isTrue();
        assertThat(Confinement.hears(kind, "LD_PRELOAD")).isFalse();
    }
}
