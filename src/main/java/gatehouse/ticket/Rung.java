package gatehouse.ticket;

import gatehouse.kernel.Role;

/** Whom a late ticket goes to, in their order. The manager of the property company is one of the dispatchers; see decision 0033. */
enum Rung {
    DISPATCHER(Role.DISPATCHER), OFFICE(Role.OFFICE), SUBDISTRICT(Role.SUBDISTRICT);

    private final Role role;

    Rung(Role role) {
        this.role = role;
    }

    Role role() {
        return role;
    }
}
