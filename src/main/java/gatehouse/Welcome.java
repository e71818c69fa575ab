package gatehouse;

import gatehouse.demonstration.Demonstration;
import gatehouse.demonstration.DemonstrationLogin;
import java.net.URI;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a person at the terminal reads when the process is ready. */
final class Welcome {

    private Welcome() {
    }

    /** What the first administrator is called. */
    static String administratorName() {
        return Words.TEXTS.get("administrator.name");
    }

    static String text(Config config, URI publicUrl, boolean hasDemonstration, Gatehouse.Beginning beginning) {
        StringBuilder text = new StringBuilder("""

                Gatehouse is ready.
                  Portal         %s/
                  Documentation  %s/docs
                  Data           %s
                """.formatted(publicUrl, publicUrl,
                config.databaseUrl().map(Object::toString).orElse(config.dataDirectory().toString())));
        if (hasDemonstration) {
            text.append("  Demonstration  log in with the password %s as%n".formatted(Demonstration.PASSWORD));
            for (var login : DemonstrationLogin.values()) {
                text.append("    %s  %s%n".formatted(login.phone(), login.who()));
            }
        }
        text.append(switch (beginning) {
            case NOT_NEEDED -> "";
            case ADMINISTRATOR_MADE -> config.administrator().map(wanted -> lines("administrator-made.en", "administrator-made.zh")
                    .formatted(wanted.phone(), wanted.place(), publicUrl)).orElse("");
            case NOBODY -> lines("nobody.en", "nobody.zh", "nobody.what");
        });
        return text.append("Stop it with Ctrl-C.\n").toString();
    }

    private static String lines(String... keys) {
        return Arrays.stream(keys).flatMap(key -> Words.TEXTS.get(key).lines())
                .map(line -> "  " + line + "\n").collect(Collectors.joining());
    }

    /** Read only when they are said. */
    private static final class Words {

        static final Texts TEXTS = new Texts("/gatehouse/welcome.properties");
    }
}
