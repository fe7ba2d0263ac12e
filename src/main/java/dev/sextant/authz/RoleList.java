package dev.sextant.authz;

import java.util.List;

record RoleList(List<Role> data) {
    RoleList {
        data = List.copyOf(data);
    }
}
