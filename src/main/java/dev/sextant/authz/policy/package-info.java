/**
 * Who may do what with which data, as pure values.
 *
 * <p>The way through the room: the store tells of some roles and of the policies that name them; {@code Authority} makes of
 * it the scopes and the {@code Policy} of whoever has these roles; whoever enforces that policy reads it as {@code Rules},
 * and asks of a dataset its {@code DatasetRules}.
 */
package dev.sextant.authz.policy;
