package dev.sextant.launch.children;

import dev.sextant.kernel.Secret;

/** A Redis that was started here. */
public record RedisServer(String host, int port, Secret password) {}
