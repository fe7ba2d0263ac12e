package dev.sextant.authz;

import dev.sextant.authz.policy.PolicyDocument;

/** Makes a policy, or puts another in its place. */
record PutPolicy(String id, PolicyDocument document, Preconditions preconditions) {}
