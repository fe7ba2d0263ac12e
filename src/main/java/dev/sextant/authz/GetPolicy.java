package dev.sextant.authz;

record GetPolicy(String id) {}
