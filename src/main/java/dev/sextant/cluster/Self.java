package dev.sextant.cluster;

import dev.sextant.feature.Role;
import dev.sextant.kernel.Ids;
import java.util.Set;
import java.util.function.Supplier;

/**
 * This node, as it tells the others of itself.
 *
 * @param life of this start of its process
 * @param reached the names of the nodes that the bus reaches, this one among them
 */
public record Self(String name, String life, Set<Role> roles, Supplier<Set<String>> reached) {

    public Self {
        roles = Set.copyOf(roles);
    }

    /** In the life that begins now. */
    public static Self of(String name, Set<Role> roles, Supplier<Set<String>> reached) {
        return new Self(name, Ids.make("nod"), roles, reached);
    }

    /** One that the bus connects with nobody. */
    public static Self alone(String name) {
        return of(name, Set.of(Role.values()), () -> Set.of(name));
    }
}
