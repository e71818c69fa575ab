package gatehouse;

import gatehouse.demonstration.Demonstration;
import gatehouse.demonstration.DemonstrationLogin;

/** What a person at the terminal reads when the process is ready. */
final class Welcome {

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
            text.append("  Demonstration  log in with the password %s as%n".formatted(Demonstration.PASSWORD));
            for (var login : DemonstrationLogin.values()) {
                text.append("    %s  %s%n".formatted(login.phone(), login.who()));
            }
        }
        return text.append("Stop it with Ctrl-C.\n").toString();
    }
}
