package gatehouse;

import java.util.List;

/** What a person at the terminal reads when the process is ready. */
final class Welcome {

    private static final String DEMONSTRATION_PASSWORD = "gatehouse-demo";

    private record Login(String phone, String who) {
    }

    private static final List<Login> DEMONSTRATION_LOGINS = List.of(
            new Login("13900000001", "resident of 3-2-1402, whole family"),
            new Login("13900000002", "resident of 3-2-1402"),
            new Login("13900000003", "resident of 1-1-101"),
            new Login("13900000101", "guard at the east gate"),
            new Login("13900000102", "grid worker of buildings 1-3"),
            new Login("13900000103", "dispatcher"),
            new Login("13900000104", "repairman"),
            new Login("13900000105", "community office"),
            new Login("13900000106", "health centre"),
            new Login("13900000107", "subdistrict"),
            new Login("13900000109", "administrator"),
            new Login("13900000201", "resident of the second compound"),
            new Login("13900000205", "office of the second compound"));

    private Welcome() {
    }

    static String text(Config config, boolean hasDemonstration) {
        StringBuilder text = new StringBuilder("""

                Gatehouse is ready.
                  Portal         %s/
                  Documentation  %s/docs
                  Data           %s
                """.formatted(config.publicUrl(), config.publicUrl(),
                config.databaseUrl().map(Object::toString).orElse(config.dataDirectory().toString())));
        if (hasDemonstration) {
            text.append("  Demonstration  log in with the password %s as%n".formatted(DEMONSTRATION_PASSWORD));
            DEMONSTRATION_LOGINS.forEach(login -> text.append("    %s  %s%n".formatted(login.phone(), login.who())));
        }
        return text.append("Stop it with Ctrl-C.\n").toString();
    }
}
