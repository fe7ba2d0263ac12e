package dev.sextant.authz;

record DeletePolicy(String id, Preconditions preconditions) {}
