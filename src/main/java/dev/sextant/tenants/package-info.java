/**
 * Tenants: made, changed, suspended and purged by the operators of the platform.
 *
 * <p>The way through the room: an operation (event loop) asks at {@code TenantsAddresses}; {@code TenantsVerticle} checks
 * what may be changed and has {@code TenantStore} change it. Deleting suspends at once and schedules {@code TenantPurge},
 * which has the engine drop the tenant's data, and then the store its rows.
 */
package dev.sextant.tenants;
