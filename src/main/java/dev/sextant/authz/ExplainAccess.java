package dev.sextant.authz;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks why something may be done or not.
 *
 * @param roles by whoever has these; null for the caller
 * @param tellsData whether the caller may know what is kept back
 */
record ExplainAccess(CheckAccess.Check check, @Nullable List<String> roles, boolean tellsData) {}
