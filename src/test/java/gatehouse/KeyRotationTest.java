package gatehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.backup.Backup;
import gatehouse.backup.Restore;
import gatehouse.demonstration.WeChatEmulator;
import gatehouse.identity.Reach;
import gatehouse.identity.RoleGrant;
import gatehouse.identity.TestAccounts;
import gatehouse.kernel.Await;
import gatehouse.kernel.Database;
import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.KeyRingStore;
import gatehouse.kernel.KeyRotation;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.kernel.SealedColumn;
import gatehouse.kernel.StartFailure;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import gatehouse.support.TestDatabase;
import io.vertx.core.Vertx;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A key goes and another comes, as the operator's guide says: the new one behind the old on every instance, then before it, then alone;
 * while two instances read and write.
 */
@Timeout(120)
class KeyRotationTest {
    private static final byte[] OLD = "a master key for tests, 32 bytes".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEW = "another master key, also 32 bytes".substring(0, 32).getBytes(StandardCharsets.US_ASCII);
    private static final String ID_NUMBER = "11010519491231002X";
    private static final String REASON = "核实身份证号码";
    private static final String FORM = "multipart/form-data; boundary=between";

    private static final AtomicInteger CODES = new AtomicInteger();

    @TempDir
    Path folder;

    private static WeChatEmulator weChat;
    private static ApiServer api;
    private static Vertx vertx;
    private static Database database;
    private static Given.Compound compound;
    private static ApiClient office;
    private static ApiClient resident;
    private static ApiClient guard;

    @BeforeAll
    static void start() {
        weChat = WeChatEmulator.start();
        api = ApiServer.start(Map.of("GATEHOUSE_WECHAT_APPID", WeChatEmulator.APP_ID, "GATEHOUSE_WECHAT_SECRET", WeChatEmulator.SECRET,
                "GATEHOUSE_WECHAT_HOST", weChat.host().toString()));
        vertx = Vertx.vertx();
        database = new Database(vertx, api.database().postgresUrl().connectOptions(), 4);
        compound = api.given().compound("阳光花园").withPolicy("visitsADay", "1000");
        office = api.staff(compound.id(), Role.OFFICE, compound.id());
        resident = api.resident(compound.household("3-2-1402"), "王小明");
        guard = api.staff(compound.id(), Role.GUARD, compound.gate("东门"));
    }

    @AfterAll
    static void stop() {
        database.close();
        Await.on(vertx.close());
        api.close();
        weChat.close();
    }

    private static Map<String, String> keys(String... ids) {
        var entries = new ArrayList<String>();
        for (var id : ids) {
            entries.add(id + ":" + Base64.getEncoder().encodeToString(id.equals("test") ? OLD : NEW));
        }
        return Map.of("GATEHOUSE_KEYS", String.join(",", entries));
    }

    private static KeyRing ring(String... ids) {
        var masters = new LinkedHashMap<String, byte[]>();
        for (var id : ids) {
            masters.put(id, id.equals("test") ? OLD : NEW);
        }
        return new KeyRing(masters);
    }

    private static int walk(String... ids) {
        var known = KeyRingStore.match(database, ring(ids), SealedColumns.ALL, api.clock().business().now());
        return new KeyRotation(database, api.clock().business(), known, SealedColumns.ALL, SealedColumns.SEARCHED).walk();
    }

    @Test
    void everySealedColumn_isSealedAnew() throws SQLException {
        var listed = new TreeSet<String>();
        SealedColumns.ALL.forEach(column -> listed.add(column.table() + "." + column.column() + " of " + column.primaryKey()));
        var found = new TreeSet<String>();
        try (var connection = api.database().connect(); var rows = connection.createStatement().executeQuery("""
                select c.table_name, c.column_name, (
                    select string_agg(k.column_name, ', ' order by k.ordinal_position) from information_schema.key_column_usage k
                    join information_schema.table_constraints t using (constraint_schema, constraint_name)
                    where t.constraint_type = 'PRIMARY KEY' and k.table_schema = 'public' and k.table_name = c.table_name)
                from information_schema.columns c
                where c.table_schema = 'public' and c.data_type = 'bytea' and c.column_name like '%sealed%'""")) {
            while (rows.next()) {
                found.add(rows.getString(1) + "." + rows.getString(2) + " of [" + rows.getString(3) + "]");
            }
        }
        assertEquals(found, listed);
    }

    @Test
    void key_isReplacedWhileTwoInstancesWork_andLeavesNothingUnreadable() throws Exception {
        everythingThatIsSealed();
        var before = new Before();
        var left = api.another(keys("test", "new"));
        var right = api.another(keys("test", "new"));
        api.stopOldest();
        assertEquals(0, walk("test", "new"), "the first in the ring is still the old one");

        var working = new AtomicBoolean(true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var onRight = threads.submit(() -> visitsUntil(working, right, right));
            var newLeft = api.another(keys("new", "test"));
            // the left one is replaced: it seals by the new key what the right one must read, and the other way round
            api.stopOldest();
            var across = threads.submit(() -> visitsUntil(working, newLeft, right));
            var logins = threads.submit(() -> loginsUntil(working, before.phone, newLeft, right));
            assertTrue(walk("new", "test") >= 10, "what the old key sealed");
            working.set(false);
            assertTrue(onRight.get() > 0 && across.get() > 0 && logins.get() > 0, "the instances worked meanwhile");
            Before.foundBy(office.at(right));
            Before.foundBy(office.at(newLeft));
        }
        assertTrue(before.disclosed(right).equals(ID_NUMBER), "a ring that has the new key behind the old reads what was sealed anew");
        api.another(keys("new", "test"));
        api.stopOldest();
        assertThrows(StartFailure.class, () -> api.another(keys("new")), "what the last instance sealed by the old key was not yet sealed anew");
        while (walk("new", "test") > 0) {
            assertFalse(isEmptied());
        }
        assertTrue(isEmptied());
        assertEquals(0, sealedBy("test"));
        assertEquals(List.of(), hashedBy("test"), "who has the old key and a copy of the database finds nobody");
        assertEquals(4, hashedBy("new").size(), "but who has the new one does");

        var only = api.another(keys("new"));
        api.stopOldest();
        api.stopOldest();
        before.readableAt(only);
        assertThrows(StartFailure.class, () -> api.another(keys("test")), "the old one alone opens nothing any more");
        assertEquals(before.disclosed(api.another(keys("new", "test"))), ID_NUMBER);
    }

    /** By phone and password at one and the other, which is how most people come in: answers how often. */
    private static int loginsUntil(AtomicBoolean working, String phone, ApiClient at, ApiClient elsewhere) {
        int done = 0;
        while (working.get() || done == 0) {
            at.logIn(phone, TestAccounts.PASSWORD).get("/me").expect(200);
            elsewhere.logIn(phone, TestAccounts.PASSWORD).get("/me").expect(200);
            done += 2;
        }
        return done;
    }

    /** Two instances that are being exchanged, each with another key in front, and a walk between them. */
    @Test
    void aPhone_isTakenOnce_whateverKeyItIsFoundBy() throws Exception {
        try (var house = TestDatabase.fresh(); var threads = Executors.newVirtualThreadPerTaskExecutor();
             var rows = new Database(vertx, house.postgresUrl().connectOptions(), 16)) {
            var home = new Given(house).compound("阳光花园").id();
            var elsewhere = new Given(house).compound("月桂苑").id();
            var before = accounts(rows, "test");
            KeyRingStore.match(rows, ring("test"), SealedColumns.ALL, api.clock().business().now());
            var old = Stream.generate(ApiServer::phone).limit(20).toList();
            old.forEach(phone -> before.open(home, "旧", phone, null, working(home)));
            var behind = accounts(rows, "test", "new");
            var first = accounts(rows, "new", "test");
            var rotation = rotation(rows, "new", "test");
            var taken = new AtomicInteger();
            var walked = threads.submit(() -> {
                int walks = 1;
                while (rotation.walk() > 0 && walks < 20) {
                    walks++;
                }
                return walks;
            });
            var fresh = Stream.generate(ApiServer::phone).limit(60).toList();
            for (int number = 0; number < fresh.size(); number++) {
                var phone = fresh.get(number);
                var known = old.get(number % old.size());
                var both = List.of(threads.submit(() -> opens(behind, home, phone)), threads.submit(() -> opens(first, elsewhere, phone)),
                        threads.submit(() -> opens(behind, elsewhere, known)), threads.submit(() -> opens(first, home, known)));
                for (var each : both) {
                    taken.addAndGet(each.get());
                }
            }
            assertTrue(walked.get() > 1 && walked.get() < 20, "walks: " + walked.get());
            assertEquals(fresh.size(), taken.get(), "each new phone once, each known one never");
            assertEquals(0, rotation.walk());
            var after = accounts(rows, "new");
            assertEquals(0, Stream.concat(old.stream(), fresh.stream()).mapToInt(phone -> opens(after, home, phone)).sum());
            assertEquals(List.of("new|80"), strings(house, "select key_id || '|' || count(*) from account_login group by key_id"));
            assertEquals(List.of(), strings(house, "select purpose from kept_key where purpose in ('PHONE_SEARCH', 'ID_NUMBER_SEARCH')"));
            assertThrows(IllegalStateException.class, () -> before.open(home, "旧", ApiServer.phone(), null, working(home)), "a ring without the key writes nothing");
        }
    }

    @Test
    void aBackupFromBeforeTheRotation_comesBackWithTheOldKey_andNotWithoutIt() throws Exception {
        var now = api.clock().business().now();
        try (var house = TestDatabase.fresh(); var back = TestDatabase.fresh();
             var rows = new Database(vertx, house.postgresUrl().connectOptions(), 4); var restored = new Database(vertx, back.postgresUrl().connectOptions(), 4)) {
            var home = new Given(house).compound("阳光花园").id();
            var known = Stream.generate(ApiServer::phone).limit(5).toList();
            KeyRingStore.match(rows, ring("test"), SealedColumns.ALL, now);
            known.forEach(phone -> accounts(rows, "test").open(home, "旧", phone, null, working(home)));
            var early = folder.resolve("early.backup");
            Backup.write(house.postgresUrl(), ring("test"), early, now);

            var rotation = rotation(rows, "new", "test");
            while (rotation.walk() > 0) {
                assertEquals(0, opens(accounts(rows, "new", "test"), home, known.getFirst()));
            }
            var late = folder.resolve("late.backup");
            Backup.write(house.postgresUrl(), ring("new"), late, now);

            var refused = assertThrows(StartFailure.class, () -> Restore.read(back.postgresUrl(), ring("new"), early, now));
            assertTrue(refused.getMessage().contains("is sealed by the key test, which this process does not have"), refused.getMessage());
            assertEquals(List.of("0"), strings(back, "select count(*) from account"));

            var report = Restore.read(back.postgresUrl(), ring("new", "test"), early, now);
            assertEquals(5L, report.rows().get("account_login"));
            assertEquals(List.of("5"), strings(back, "select count(*) from account"));
            assertEquals(5, foundIn(back, known, "new", "test"), "the ring that has both finds them");
            var again = rotation(restored, "new", "test");
            assertTrue(again.walk() > 0);
            assertEquals(0, again.walk());
            assertEquals(5, foundIn(back, known, "new"), "and has them found by the new key soon");
            assertEquals(0, opens(accounts(restored, "new"), home, known.getLast()));
        }
        try (var back = TestDatabase.fresh()) {
            assertEquals(5L, Restore.read(back.postgresUrl(), ring("new"), folder.resolve("late.backup"), now).rows().get("account_login"), "later ones need the new key alone");
        }
    }

    private static int foundIn(TestDatabase house, List<String> phones, String... ids) throws SQLException {
        int found = 0;
        try (var connection = house.connect(); var select = connection.prepareStatement("select count(distinct account_id) from account_login where phone_hash = any(?)")) {
            for (var phone : phones) {
                select.setArray(1, connection.createArrayOf("bytea", ring(ids).hashes(KeyPurpose.PHONE_SEARCH, phone).toArray(byte[][]::new)));
                try (var rows = select.executeQuery()) {
                    rows.next();
                    found += rows.getInt(1);
                }
            }
        }
        return found;
    }

    private static TestAccounts accounts(Database rows, String... ids) {
        return new TestAccounts(rows, ring(ids), api.clock().business());
    }

    private static KeyRotation rotation(Database rows, String... ids) {
        return new KeyRotation(rows, api.clock().business(), KeyRingStore.match(rows, ring(ids), SealedColumns.ALL, api.clock().business().now()),
                SealedColumns.ALL, SealedColumns.SEARCHED);
    }

    /** From an account without any role its phone could be taken. */
    private static List<RoleGrant> working(UUID compound) {
        return List.of(new RoleGrant(Role.DISPATCHER, Reach.COMPOUND, compound));
    }

    private static int opens(TestAccounts accounts, UUID compound, String phone) {
        try {
            accounts.open(compound, "新", phone, null, working(compound));
            return 1;
        } catch (Problem taken) {
            assertEquals(ProblemType.PHONE_TAKEN, taken.type());
            return 0;
        }
    }

    private static List<String> strings(TestDatabase house, String sql) throws SQLException {
        var found = new ArrayList<String>();
        try (var connection = house.connect(); var rows = connection.createStatement().executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    /** Invites at one instance, lets in at another: answers how often. */
    private static int visitsUntil(AtomicBoolean working, ApiClient at, ApiClient elsewhere) {
        int done = 0;
        while (working.get() || done == 0) {
            var visit = resident.at(at).post("/visits", visitor()).expect(201);
            office.at(elsewhere).post("/visits/" + visit.text("/id") + "/disclosures", Map.of("field", "PHONE", "reason", REASON)).expect(200);
            done++;
        }
        return done;
    }

    private static Map<String, Object> visitor() {
        return Map.of("visitorName", "访客", "phone", ApiServer.phone(), "idNumber", ID_NUMBER, "expectedAt", "2026-11-22T10:00:00+08:00", "purpose", "探亲");
    }

    private static boolean isEmptied() throws SQLException {
        try (var connection = api.database().connect(); var rows = connection.createStatement().executeQuery(
                "select emptied_at is not null from sealing_key where key_id = 'test'")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    private static int sealedBy(String key) throws SQLException {
        int sealed = 0;
        try (var connection = api.database().connect()) {
            for (SealedColumn column : SealedColumns.ALL) {
                try (var rows = connection.createStatement().executeQuery("""
                        select count(*) filter (where position('\\x%1$s'::bytea in %2$s) = 2), count(*) from %3$s where %2$s is not null"""
                        .formatted(java.util.HexFormat.of().formatHex(key.getBytes(StandardCharsets.US_ASCII)), column.column(), column.table()))) {
                    rows.next();
                    sealed += rows.getInt(1);
                    assertTrue(rows.getInt(2) > 0, "nothing was there to be sealed anew in " + column.table() + "." + column.column());
                }
            }
        }
        return sealed;
    }

    /** Where the phone and the ID number of somebody known are found by that key. */
    private static List<String> hashedBy(String key) throws SQLException {
        var ring = ring(key);
        var found = new ArrayList<String>();
        try (var connection = api.database().connect()) {
            for (var where : Map.of("resident.phone_hash", "13700000001", "resident.id_number_hash", ID_NUMBER, "account.phone_hash", "13700000002",
                    "account_login.phone_hash", "13700000002").entrySet()) {
                var place = where.getKey().split("\\.");
                var purpose = place[1].startsWith("phone") ? KeyPurpose.PHONE_SEARCH : KeyPurpose.ID_NUMBER_SEARCH;
                try (var select = connection.prepareStatement("select 1 from %s where %s = ?".formatted(place[0], place[1]))) {
                    select.setBytes(1, ring.hashes(purpose, where.getValue()).getFirst());
                    if (select.executeQuery().next()) {
                        found.add(where.getKey());
                    }
                }
            }
        }
        return found;
    }

    /** One row at least of every table that holds something sealed, as the product writes it. */
    private static void everythingThatIsSealed() {
        var roster = "楼栋,单元,房号,姓名,手机,身份证号\n3,2,1402,赵大,13700000001," + ID_NUMBER + "\n";
        office.send("POST", "/imports/roster", "text/csv", roster.getBytes(StandardCharsets.UTF_8)).expect(200);
        var binding = api.visitor().post("/auth/wechat", Map.of("code", weChatCode("person1"))).expect(200).text("/bindingToken");
        var code = office.post("/households/" + resident.me().at("/household/id").asText() + "/invite").expect(201).text("/inviteCode");
        api.visitor().post("/auth/activate", Map.of("inviteCode", code, "name", "钱二", "phone", "13700000002", "bindingToken", binding)).expect(201);
        api.visitor().post("/auth/wechat", Map.of("code", weChatCode("person2"))).expect(200);
        // drawn by WeChat, which wants the shared token
        office.post("/gates/" + compound.gate("西门") + "/code").expect(200);
    }

    private static String weChatCode(String openid) {
        return openid + "." + CODES.incrementAndGet();
    }

    /** What was made and given out under the old key. */
    private static final class Before {
        private final String member;
        private final String phone = api.phoneOf(resident.id());
        private final String visitCode;
        private final String inviteCode;
        private final String photo;
        private final ApiClient session;

        Before() throws IOException {
            member = office.get("/households?limit=200").expect(200).body().findParents("members").stream()
                    .flatMap(home -> home.path("members").findParents("id").stream())
                    .filter(each -> each.path("name").asText().equals("赵大")).findFirst().orElseThrow().path("id").asText();
            visitCode = resident.post("/visits", visitor()).expect(201).text("/code");
            inviteCode = office.post("/households/" + compound.household("3-2-1403").id() + "/invite").expect(201).text("/inviteCode");
            var ticket = resident.post("/tickets", Map.of("kind", "REPAIR", "category", "LIGHTING", "place", Map.of("area", "PUBLIC", "text", "门口"),
                    "description", "灯不亮", "urgency", "NORMAL")).expect(201).text("/id");
            photo = "/tickets/" + ticket + "/photos/" + resident.send("POST", "/tickets/" + ticket + "/photos", FORM, picture()).expect(201).text("/id");
            session = api.again(resident);
        }

        String disclosed(ApiClient at) {
            return office.at(at).post("/disclosures", Map.of("residentId", member, "field", "ID_NUMBER", "reason", REASON)).expect(200).text("/value");
        }

        /** By the whole phone and the whole ID number. */
        static void foundBy(ApiClient staff) {
            for (var number : List.of("13700000001", ID_NUMBER)) {
                var found = staff.get("/households?q=" + number).expect(200);
                assertEquals("3-2-1402", found.text("/items/0/label"));
                assertEquals(1, found.body().path("items").size());
            }
        }

        void readableAt(ApiClient at) {
            // an access token of the old key is dead, as after a quarter of an hour; the session goes on
            resident.at(at).get("/me").expectProblem(401, "not-logged-in");
            for (var person : List.of(office, guard)) {
                at.post("/auth/refresh", Map.of("refreshToken", person.refreshToken())).expect(200);
            }
            var staff = at.logIn(api.phoneOf(office.id()), TestAccounts.PASSWORD);
            foundBy(staff);
            assertEquals(ID_NUMBER, staff.post("/disclosures", Map.of("residentId", member, "field", "ID_NUMBER", "reason", REASON)).expect(200).text("/value"));
            var again = at.post("/auth/refresh", Map.of("refreshToken", session.refreshToken())).expect(200);
            var self = at.as(again);
            self.get(photo).expect(200);
            at.logIn(phone, TestAccounts.PASSWORD).get("/me").expect(200);
            at.logIn(api.phoneOf(guard.id()), TestAccounts.PASSWORD).post("/visits/lookup", Map.of("code", visitCode)).expect(200);
            at.post("/auth/activate", Map.of("inviteCode", inviteCode, "name", "孙三", "phone", "13700000003", "password", "battery staple")).expect(201);
            at.post("/auth/wechat", Map.of("code", weChatCode("person1"))).expect(200).text("/accessToken");
            var verification = staff.get("/audit/verification").expect(200);
            assertTrue(verification.body().toString().contains("\"intact\":true"), verification.body().toString());
        }
    }

    private static byte[] picture() throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes("--between\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        ImageIO.write(new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB), "png", bytes);
        bytes.writeBytes("\r\n--between--\r\n".getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }
}
