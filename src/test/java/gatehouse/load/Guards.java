package gatehouse.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import gatehouse.kernel.BusinessClock;
import gatehouse.load.Town.Kind;
import gatehouse.outing.PressedCodes;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Guards who scan one pass after the other, all out and then all in, each until there is an answer, as their page does it: with the same nonce. */
final class Guards extends Crew {
    private static final int PAUSE_MILLIS = 15;

    private record Answer(String reason, String direction) {
    }

    private final Phone phone;
    private final PressedCodes codes;
    private final int passes;
    private final List<Supplier<String>> accessTokens;
    private final Map<UUID, Answer> answered = new ConcurrentHashMap<>();
    private final Map<UUID, Boolean> sent = new ConcurrentHashMap<>();
    private final Map<String, String> unexpected = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();

    /** One guard for each token, at the gate of that number; passes of {@link Scanning}. */
    Guards(Phone phone, PressedCodes codes, int passes, List<Supplier<String>> accessTokens) {
        this.phone = phone;
        this.codes = codes;
        this.passes = passes;
        this.accessTokens = List.copyOf(accessTokens);
    }

    @Override
    List<? extends Runnable> people() {
        var people = new ArrayList<Runnable>();
        for (int number = 0; number < accessTokens.size(); number++) {
            int gate = number;
            people.add(() -> scanUntilStopped(gate));
        }
        return people;
    }

    private void scanUntilStopped(int gate) {
        try {
            while (goesOn()) {
                scan(gate, next.getAndIncrement());
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException stopped) {
            unexpected.put("guard " + gate, "interrupted");
        } catch (IOException unreadable) {
            unexpected.put("guard " + gate, unreadable.toString());
        }
    }

    private void scan(int gate, int number) throws InterruptedException, IOException {
        var nonce = UUID.randomUUID();
        var direction = number / passes % 2 == 0 ? "OUT" : "IN";
        var now = BusinessClock.system().now();
        sent.put(nonce, true);
        var reply = phone.untilAnswered("/api/v1/gate-scans", List.of("Authorization: Bearer " + accessTokens.get(gate).get()), """
                {"code":"%s","gateId":"%s","direction":"%s","temperature":36.5,"mask":true,"nonce":"%s","scannedAt":"%s"}"""
                .formatted(codes.shown(number % passes, now), Kind.GATE.id(gate), direction, nonce, now));
        if (reply.status() == 200) {
            answered.put(nonce, new Answer(new ObjectMapper().readTree(reply.body()).path("reason").asText(), direction));
        } else {
            unexpected.put(nonce.toString(), reply.toString());
        }
    }

    @Override
    int answers() {
        return answered.size();
    }

    @Override
    Count count(Connection connection) throws SQLException {
        var faults = new ArrayList<String>();
        unexpected.forEach((who, what) -> faults.add(who + ": " + what));
        var stored = new HashMap<UUID, Answer>();
        long doubled = 0;
        // what Scanning wrote of the days before was written by nobody
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(
                "select nonce, reason, direction from gate_scan where by_account_id <> by_compound_id")) {
            while (rows.next()) {
                var nonce = rows.getObject(1, UUID.class);
                if (stored.put(nonce, new Answer(rows.getString(2), rows.getString(3))) != null || !sent.containsKey(nonce)) {
                    doubled++;
                }
            }
        }
        long lost = answered.entrySet().stream().filter(each -> !each.getValue().equals(stored.get(each.getKey()))).count();
        if (lost + doubled > 0) {
            faults.add("%d lost or answered otherwise than kept, %d kept twice or never sent".formatted(lost, doubled));
        }
        for (var move : Map.of("OUT", "LEAVE", "IN", "RETURN").entrySet()) {
            long allowed = stored.values().stream().filter(new Answer("ok", move.getKey())::equals).count();
            long moved = Product.number(connection, """
                    select count(*) from outing_pass_event e join outing_pass p on p.compound_id = e.compound_id and p.id = e.pass_id
                    where p.kind = 'WORK' and p.code_number >= 0 and e.event = '%s'""".formatted(move.getValue()));
            if (moved != allowed) {
                faults.add("%d scans %s were allowed, %d moved somebody".formatted(allowed, move.getKey(), moved));
                doubled += Math.max(0, moved - allowed);
                lost += Math.max(0, allowed - moved);
            }
        }
        if (answered.values().stream().noneMatch(answer -> answer.reason().equals("ok"))) {
            faults.add("nobody went through: too little happened");
        }
        return new Count("scans", sent.size(), answered.size(), lost, doubled, faults);
    }
}
