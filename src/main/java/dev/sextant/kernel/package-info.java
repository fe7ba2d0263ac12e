/**
 * What every room may know, and what knows no room: ids, the caller ({@code Principal}), where a question comes from
 * ({@code Origin}: caller, {@code Trace}, {@code Deadline}), every way to fail ({@code Problem}), and the one {@code Json}.
 */
package dev.sextant.kernel;
