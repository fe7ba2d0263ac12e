package dev.sextant.demo;

import dev.sextant.kernel.TenantId;

/** Where events go. */
record Target(TenantId tenant, String dataset) {}
