package dev.sextant.demo;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sextant.demo.shop.ShopEvent;

/**
 * An event as it is sent.
 *
 * @param source how it came to be sent
 */
record Sourced(String source, @JsonUnwrapped ShopEvent event) {}
