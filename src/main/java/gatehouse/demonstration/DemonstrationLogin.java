package gatehouse.demonstration;

import gatehouse.registry.PhoneNumber;

/** Whom one can log in as; all with {@link Demonstration#PASSWORD}. The phones are fixed, because guides and scripts name them. */
public enum DemonstrationLogin {
    FATHER("13900000001", "resident of 3-2-1402, whole family"),
    MOTHER("13900000002", "resident of 3-2-1402"),
    NEIGHBOUR("13900000003", "resident of 1-1-101"),
    GUARD("13900000101", "guard at the east gate"),
    GRID_WORKER("13900000102", "grid worker of buildings 1-3"),
    DISPATCHER("13900000103", "dispatcher"),
    REPAIRMAN("13900000104", "repairman"),
    OFFICE("13900000105", "community office"),
    HEALTH_CENTRE("13900000106", "health centre"),
    SUBDISTRICT("13900000107", "subdistrict"),
    ADMINISTRATOR("13900000109", "administrator"),
    SECOND_COMPOUND_RESIDENT("13900000201", "resident of the second compound"),
    SECOND_COMPOUND_OFFICE("13900000205", "office of the second compound");

    private final String phone;
    private final String who;

    DemonstrationLogin(String phone, String who) {
        this.phone = phone;
        this.who = who;
    }

    /** Eleven digits. */
    public String phone() {
        return phone;
    }

    /** In English, for the terminal. */
    public String who() {
        return who;
    }

    PhoneNumber phoneNumber() {
        return PhoneNumber.parse(phone).toOptional().orElseThrow();
    }
}
