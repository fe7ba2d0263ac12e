package dev.sextant.authz.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Events of datasets, told by a filter.
 *
 * @param filter as queries have it; its members sorted, so that equal filters are equal texts
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RowRule(@Nullable String by, Grant of, JsonNode filter) {}
