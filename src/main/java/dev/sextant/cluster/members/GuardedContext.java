package dev.sextant.cluster.members;

import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import com.hazelcast.nio.MemberSocketInterceptor;

/** Hazelcast's open edition has the place for an interceptor of connections, and none to put there: this puts ours. */
final class GuardedContext extends DefaultNodeContext {

    private final MemberSocketInterceptor guard;

    GuardedContext(MemberSocketInterceptor guard) {
        this.guard = guard;
    }

    @Override
    public NodeExtension createNodeExtension(Node node) {
        return new GuardedExtension(node, guard);
    }

    private static final class GuardedExtension extends DefaultNodeExtension {

        private final MemberSocketInterceptor guard;

        GuardedExtension(Node node, MemberSocketInterceptor guard) {
            super(node);
            this.guard = guard;
        }

        @Override
        public MemberSocketInterceptor getSocketInterceptor(EndpointQualifier endpoint) {
            return guard;
        }
    }
}
