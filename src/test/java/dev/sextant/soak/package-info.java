/**
 * How long generative tests run, and from which seed.
 *
 * <p>Such a test is an {@code XIT} with {@code @Tag("soak-NAME")} that hands its game to {@code Soak.play}. The game is played
 * in {@code Round}s, each of which is determined by its seed. {@code ./sextant test} plays for 20 s, after the seeds that
 * ever failed, which stand in {@code src/test/resources/soak/NAME.seeds}; {@code ./sextant soak NAME} plays in full and
 * writes {@code perf/results/soak-NAME.json}.
 */
package dev.sextant.soak;
