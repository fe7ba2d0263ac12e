package dev.sextant.soak;

/** What a generative test does with a seed: steps until the round says that it is over. It fails by throwing. */
@FunctionalInterface
public interface Game {

    void play(Round round) throws Exception;
}
