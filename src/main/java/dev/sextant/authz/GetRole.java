package dev.sextant.authz;

record GetRole(String name) {}
