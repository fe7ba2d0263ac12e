package dev.sextant.identity.key;

/**
 * What a leak report has ended, for the record alone: whoever reports is told nothing of it.
 *
 * @param tenant whose key it is; empty where nothing was ended
 * @param keyId empty where nothing was ended
 */
record EndedByLeak(String tenant, String keyId) {

    static final EndedByLeak NOTHING = new EndedByLeak("", "");

    boolean isSomething() {
        return !keyId.isEmpty();
    }
}
