package dev.sextant.edge.defence;

/** What is held against one address or caller: failures, which fade, and the bans that came of them. Any thread. */
final class Suspect {

    /** The same again is somebody's mistake rather than an attack. */
    private static final double SAME_AGAIN = 0.1;

    private final BanConfig config;
    private final int failuresMax;
    private double failures;
    private long failuresAtMillis;
    private int lastTried;
    private long bannedUntilMillis;
    private int bans;

    Suspect(BanConfig config, int failuresMax, long nowMillis) {
        this.config = config;
        this.failuresMax = failuresMax;
        this.failuresAtMillis = nowMillis;
    }

    /** @param tried stands for what was tried; two that are equal are taken for the same */
    synchronized void fail(int tried, long nowMillis) {
        fade(nowMillis);
        failures += tried == lastTried ? SAME_AGAIN : 1;
        lastTried = tried;
        if (failures > failuresMax && nowMillis >= bannedUntilMillis) {
            ban(nowMillis);
        }
    }

    /** For how long it is refused everything; 0 where it is not. */
    synchronized long bannedForMillis(long nowMillis) {
        return Math.max(0, bannedUntilMillis - nowMillis);
    }

    /** Bans are forgotten one at a time, each as slowly as the longest one. */
    private void ban(long nowMillis) {
        long quietMillis = bans == 0 ? 0 : nowMillis - bannedUntilMillis;
        bans = Math.max(
                0, bans - (int) Math.min(bans, quietMillis / config.banMax().toMillis()));
        long banMillis = config.ban().toMillis();
        for (int i = 0; i < bans && banMillis < config.banMax().toMillis(); i++) {
            banMillis *= 2;
        }
        bannedUntilMillis = nowMillis + Math.min(banMillis, config.banMax().toMillis());
        bans++;
        failures = 0;
    }

    private void fade(long nowMillis) {
        double halvings =
                (nowMillis - failuresAtMillis) / (double) config.halfLife().toMillis();
        failures *= Math.pow(0.5, Math.max(0, halvings));
        failuresAtMillis = nowMillis;
    }
}
