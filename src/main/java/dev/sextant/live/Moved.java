package dev.sextant.live;

/** A live query went on; whoever follows it may fetch what is new. Where this gets lost, it is fetched a second later. */
record Moved(long number) {}
