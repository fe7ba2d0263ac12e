package dev.sextant.demo;

import dev.sextant.kernel.Secret;

/** A tenant of the demo, with the API key that opens it. */
public record DemoTenant(String id, String name, Secret apiKey) {}
