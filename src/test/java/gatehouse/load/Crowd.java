package gatehouse.load;

import gatehouse.identity.PressedTokens;
import gatehouse.kernel.BusinessClock;
import gatehouse.load.Makers.Thing;
import gatehouse.load.Town.Kind;
import gatehouse.outing.PressedCodes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A compound at work while its server is harmed: families report and ask for outings, guards scan and take parcels, residents ask for
 * repairs, volunteers walk to doors and ask for purchases. Everything has a key, a nonce, or is done once; nobody does what another does.
 */
final class Crowd implements AutoCloseable {
    private static final int REPORTERS = 16;
    private static final int FAMILIES = 10;
    private static final int TENANTS = 3;
    private static final int GATES = 4;
    /** The household that all parcels are for. */
    private static final int ADDRESSEE = REPORTERS + FAMILIES + TENANTS;
    private static final int VOLUNTEERS = 4;
    private static final int FIRST_VOLUNTEER = ADDRESSEE + 1;
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    /** How the reporters take what happens. */
    static final Reporter.Patience UNTIL_ANSWERED = new Reporter.Patience() {
        @Override
        public boolean goesOn() {
            return true;
        }

        @Override
        public boolean wantsEveryAnswer() {
            return false;
        }
    };

    /** A token that is pressed anew long before its quarter of an hour is over. */
    private static final class Fresh implements Supplier<String> {
        private static final long GOOD_NANOS = Duration.ofMinutes(5).toNanos();
        private final Supplier<String> press;
        private final long begin = System.nanoTime();
        private long goodUntil;
        private String token = "";

        Fresh(Supplier<String> press) {
            this.press = press;
        }

        @Override
        public synchronized String get() {
            long age = System.nanoTime() - begin;
            if (age >= goodUntil) {
                token = press.get();
                goodUntil = age + GOOD_NANOS;
            }
            return token;
        }
    }

    private final Phone phone;
    private final List<Crew> crews;

    private Crowd(Phone phone, List<Crew> crews) {
        this.phone = phone;
        this.crews = List.copyOf(crews);
    }

    /** Writes the town with its gates and passes; one compound, whose slots have few places. */
    static void settle(Product product, Town town) throws SQLException {
        var today = BusinessClock.system().today();
        try (var connection = product.connect(); var statement = connection.createStatement()) {
            town.write(connection, ", \"outingSlotCapacity\": " + Families.CAPACITY);
            town.reportAll(connection, today);
            town.reportAll(connection, today.plusDays(1));
            statement.executeUpdate("update resident set born_on = date '1980-01-01'");
            Scanning.write(connection, town, today);
            Walks.write(connection, town, FIRST_VOLUNTEER, VOLUNTEERS);
            // somebody whom alerts, tickets and purchases are told
            statement.executeUpdate("""
                    insert into role_grant (compound_id, account_id, role, reach, reach_id, granted_at)
                    select '%1$s', '%2$s', role, 'COMPOUND', '%1$s', now() from unnest(array['OFFICE', 'DISPATCHER', 'HEALTH_CENTRE', 'GRID_WORKER']) role"""
                    .formatted(town.compoundOf(0), Kind.ACCOUNT.id(town.residents() - 1L)));
        }
    }

    /** Everybody, at that product. */
    static Crowd at(Product product, Product keysOf, Town town) {
        var phone = new Phone(product::port);
        var press = new PressedTokens(keysOf.keys());
        IntFunction<Supplier<String>> resident = household -> new Fresh(() -> token(press, town, household));
        IntFunction<Supplier<String>> guard = gate -> new Fresh(() -> press.ofGuard(Scanning.compoundOf(gate), Kind.GATE.id(gate),
                Kind.ACCOUNT.id(Scanning.guardOf(gate)), Kind.SESSION.id(Scanning.guardOf(gate))));
        // Each inhabits households of its own; the families' passes and the reporters' alerts would meet otherwise.
        return new Crowd(phone, List.of(
                reporters(product, keysOf, town, 0, UNTIL_ANSWERED),
                new Families(phone, IntStream.range(REPORTERS, REPORTERS + FAMILIES).mapToObj(resident).toList()),
                new Guards(phone, new PressedCodes(keysOf.keys()), town.residents() * Scanning.PASSES_OF_A_RESIDENT,
                        IntStream.range(0, GATES).mapToObj(guard).toList()),
                new Makers(parcel(), phone, IntStream.range(1, GATES).mapToObj(guard).toList()),
                new Makers(ticket(), phone, IntStream.range(REPORTERS + FAMILIES, ADDRESSEE).mapToObj(resident).toList()),
                new Walks(phone, FIRST_VOLUNTEER, IntStream.range(FIRST_VOLUNTEER, FIRST_VOLUNTEER + VOLUNTEERS).mapToObj(resident).toList())));
    }

    /** The reporters alone, of households from that number on. */
    static Reports reporters(Product product, Product keysOf, Town town, int from, Reporter.Patience patience) {
        var press = new PressedTokens(keysOf.keys());
        var ledger = new Ledger();
        return new Reports(ledger, IntStream.range(from, from + REPORTERS).mapToObj(household -> new Reporter("household-" + household, product, ledger,
                new Fresh(() -> token(press, town, household)), List.of(Kind.RESIDENT.id((long) household * town.members()), Kind.RESIDENT.id((long) household * town.members() + 1)),
                BusinessClock.system().today(), patience)).toList());
    }

    /** Of the head of a household. */
    static String token(PressedTokens press, Town town, int household) {
        int head = household * town.members();
        return press.ofResident(town.compoundOf(head), Kind.HOUSEHOLD.id(household), Kind.RESIDENT.id(head), Kind.ACCOUNT.id(head), Kind.SESSION.id(head));
    }

    static Thing parcel() {
        return new Thing("parcels", "/api/v1/parcels", mark -> """
                {"householdId":"%s","carrier":"SF","trackingTail":"%s","shelf":"1","perishable":false,"disinfected":true}"""
                .formatted(Kind.HOUSEHOLD.id(ADDRESSEE), mark), "select tracking_tail, id from parcel where tracking_tail like '%/%'");
    }

    static Thing ticket() {
        return new Thing("tickets", "/api/v1/tickets", """
                {"kind":"REPAIR","category":"WATER_TAP","place":{"area":"HOME","text":"kitchen"},"description":"%s","urgency":"NORMAL"}"""::formatted,
                "select description, id from ticket");
    }

    void begin() {
        crews.forEach(Crew::begin);
    }

    /** Waits until each kind of work was answered so often more. */
    void awaitMore(int each) throws InterruptedException {
        var wanted = crews.stream().map(crew -> crew.answers() + each).toList();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int i = 0; i < crews.size(); i++) {
            while (crews.get(i).answers() < wanted.get(i)) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("no more answers come: " + this);
                }
                Thread.sleep(2);
            }
        }
    }

    /** Everybody has their last answer; what came of it by kind of work. */
    List<Count> finish(Product database) throws InterruptedException, SQLException {
        crews.forEach(Crew::stop);
        for (var crew : crews) {
            crew.awaitHome(PATIENCE);
        }
        try (Connection connection = database.connect()) {
            var counts = new ArrayList<Count>();
            for (var crew : crews) {
                counts.add(crew.count(connection));
            }
            counts.add(new Count("all", 0, 0, 0, 0, phone.rude()));
            return counts;
        }
    }

    /** How often somebody was told to come later, or was cut off. */
    int putOff() {
        return phone.sentAgain() + crews.stream().mapToInt(crew -> crew instanceof Reports reports ? reports.putOff() : 0).sum();
    }

    int sentAgain() {
        return phone.sentAgain();
    }

    int answers() {
        return crews.stream().mapToInt(Crew::answers).sum();
    }

    @Override
    public String toString() {
        return crews.stream().map(crew -> crew.getClass().getSimpleName() + " " + crew.answers()).toList().toString();
    }

    /** Whoever still waits is sent home. */
    @Override
    public void close() {
        crews.forEach(Crew::dismiss);
    }
}
