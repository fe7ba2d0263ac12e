package dev.sextant.soak;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A class of tests that only {@code ./sextant soak cluster} runs. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("soak-cluster")
@EnabledIfSystemProperty(
        named = "sextant.soak",
        matches = "cluster",
        disabledReason = "It takes a machine of its own for minutes: ./sextant soak cluster")
public @interface ClusterSoak {}
