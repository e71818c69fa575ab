package gatehouse.contract;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.demonstration.WeChatEmulator;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import gatehouse.wechat.PushGiven;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;

/**
 * One person of every role, all of the same compound, and places at growing distance from them. The resident lives in
 * {@link Place#OWN_HOUSEHOLD}, the grid worker's grid is its building, everybody else's reach is its compound or more.
 */
final class World implements AutoCloseable {
    /** Where something may lie, seen from the people of this world. */
    enum Place { OWN_HOUSEHOLD, SAME_BUILDING, OTHER_BUILDING, OTHER_COMPOUND, NOWHERE }

    /** A place's ids; those of {@link Place#NOWHERE} belong to nothing. {@code canary} is the name of somebody who lives there. */
    record Spot(Place place, UUID compound, UUID gate, UUID household, UUID resident, String canary, String building) {
    }

    static final byte[] ROSTER = "楼栋,单元,房号,姓名\n1,1,101,某人\n".getBytes(StandardCharsets.UTF_8);
    static final byte[] RISK_LIST = "地区代码,地区名称,风险等级,开始日期\n420100,武汉市,高,2026-11-22\n".getBytes(StandardCharsets.UTF_8);
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final WeChatEmulator weChat = WeChatEmulator.start();
    final ApiServer api = ApiServer.start(Map.of("GATEHOUSE_WECHAT_APPID", WeChatEmulator.APP_ID, "GATEHOUSE_WECHAT_SECRET", WeChatEmulator.SECRET,
            "GATEHOUSE_WECHAT_HOST", weChat.host().toString(), "GATEHOUSE_WECHAT_TEMPLATES", WeChatEmulator.TEMPLATES,
            "GATEHOUSE_WECHAT_PUSH_TOKEN", PushGiven.TOKEN, "GATEHOUSE_WECHAT_PUSH_KEY", PushGiven.AES_KEY));
    private final Map<Place, Spot> spots = new EnumMap<>(Place.class);
    private final Map<Place, Given.Household> households = new EnumMap<>(Place.class);
    private final Map<Role, ApiClient> people = new EnumMap<>(Role.class);
    private final Given.Compound garden = api.given().compound("阳光花园");
    private final Given elsewhere = new Given(api.database());
    private final Given.Compound laurel = elsewhere.compound("月桂苑");
    private final UUID grid;
    private final Given.Household own;
    private final ApiClient laurelsOffice;
    private final ApiClient laurelsGuard;
    private final Map<Place, ApiClient> hosts = new EnumMap<>(Place.class);

    World() {
        // the guests of many tests are invited by one household
        garden.withPolicy("visitsADay", "100");
        laurel.withPolicy("visitsADay", "100");
        grid = garden.grid("一号网格", "1");
        garden.grid("二号网格", "2");
        own = garden.household("1-1-101");
        spot(Place.OWN_HOUSEHOLD, garden, own);
        spot(Place.SAME_BUILDING, garden, garden.household("1-1-102"));
        spot(Place.OTHER_BUILDING, garden, garden.household("2-1-201"));
        spot(Place.OTHER_COMPOUND, laurel, laurel.household("88-1-301"));
        spots.put(Place.NOWHERE, new Spot(Place.NOWHERE, Ids.next(), Ids.next(), Ids.next(), Ids.next(), "无人", "99"));
        for (var role : Role.values()) {
            people.put(role, fresh(role));
        }
        laurelsOffice = api.staff(laurel.id(), Role.OFFICE, laurel.id());
        laurelsGuard = api.staff(laurel.id(), Role.GUARD, spot(Place.OTHER_COMPOUND).gate());
    }

    private void spot(Place place, Given.Compound compound, Given.Household household) {
        var canary = "金丝雀" + place.ordinal();
        households.put(place, household);
        var building = place == Place.OTHER_COMPOUND ? "88" : place == Place.OTHER_BUILDING ? "2" : "1";
        spots.put(place, new Spot(place, compound.id(), compound.gate("门" + place), household.id(), household.resident(canary), canary, building));
    }

    Spot spot(Place place) {
        return spots.get(place);
    }

    ApiClient person(Role role) {
        return people.get(role);
    }

    /** Somebody else of that role with the same reach. */
    ApiClient fresh(Role role) {
        return switch (role) {
            case RESIDENT -> api.resident(own, name());
            case GUARD -> api.staff(garden.id(), role, spot(Place.OWN_HOUSEHOLD).gate());
            case GRID_WORKER -> api.staff(garden.id(), role, grid);
            case DISPATCHER, REPAIRMAN, OFFICE, HEALTH_CENTRE, ADMIN -> api.staff(garden.id(), role, garden.id());
            case SUBDISTRICT -> api.staff(garden.id(), role, api.given().subdistrictId());
        };
    }

    /** Replaces a person whose sessions have ended. */
    ApiClient renew(Role role) {
        var person = fresh(role);
        people.put(role, person);
        return person;
    }

    /** The office of the spot's compound. */
    ApiClient officeOf(Spot spot) {
        return spot.place() == Place.OTHER_COMPOUND ? laurelsOffice : person(Role.OFFICE);
    }

    /** The id of a report about somebody new at the spot, of whom the health centre was told; made-up where the spot is nowhere. */
    String newReport(Spot spot) {
        if (spot.place() == Place.NOWHERE) {
            return "20261122-1-" + Ids.next();
        }
        var report = report(spot, 38.5);
        handOn(report.text("/alertId"));
        return report.text("/id");
    }

    /** An alert about somebody new at the spot, open or handed on by the clock. */
    String newAlert(Spot spot, boolean escalated) {
        if (spot.place() == Place.NOWHERE) {
            return Ids.next().toString();
        }
        var id = report(spot, 38.5).text("/alertId");
        if (escalated) {
            handOn(id);
        }
        return id;
    }

    private void handOn(String alert) {
        run("update health_alert set state = 'ESCALATED', escalated_at = opened_at, version = version + 1 where id = '%s'".formatted(alert));
    }

    private ApiClient.Answer report(Spot spot, double temperature) {
        var resident = households.get(spot.place()).resident(spot.canary() + NAMES.incrementAndGet());
        return officeOf(spot).post("/health-reports", Map.of("residentId", resident, "round", "MORNING", "temperature", temperature,
                "symptoms", List.of())).expect(201);
    }

    /** Somebody new at the spot. */
    UUID newResident(Spot spot) {
        return spot.place() == Place.NOWHERE ? Ids.next() : households.get(spot.place()).resident(spot.canary() + NAMES.incrementAndGet());
    }

    /** The home observation of somebody new at the spot, whose date has come, after a test with that result. */
    String newObservation(Spot spot, String result) {
        if (spot.place() == Place.NOWHERE) {
            return Ids.next().toString();
        }
        var office = officeOf(spot);
        var id = office.post("/observations", Map.of("residentIds", List.of(newResident(spot)), "reason", "外地返回", "startsOn", "2026-11-08",
                "days", 14)).expect(201).text("/items/0/id");
        office.post("/observations/" + id + "/tests", Map.of("takenOn", "2026-11-22", "result", result)).expect(201);
        return id;
    }

    /** A travel declaration of somebody new at the spot. */
    String newDeclaration(Spot spot) {
        return spot.place() == Place.NOWHERE ? Ids.next().toString() : officeOf(spot).post("/travel-declarations",
                Map.of("residentId", newResident(spot), "stays", List.of(), "contactWithCase", false)).expect(201).text("/id");
    }

    /** A medical pass that waits for the office, of somebody new at the spot. */
    String newPass(Spot spot) {
        return spot.place() == Place.NOWHERE ? Ids.next().toString() : pass(spot, newResident(spot));
    }

    /** The same, approved. */
    String newApprovedPass(Spot spot) {
        var id = newPass(spot);
        if (spot.place() != Place.NOWHERE) {
            officeOf(spot).post("/outing-passes/" + id + "/approve").expect(200);
        }
        return id;
    }

    /** The same, used: its holder is out. */
    String newPassOutside(Spot spot) {
        var id = newApprovedPass(spot);
        run("update outing_pass set state = 'OUT' where id = '%s'".formatted(id));
        return id;
    }

    UUID buildingOf(Spot spot) {
        return spot.place() == Place.NOWHERE ? Ids.next() : households.get(spot.place()).buildingId();
    }

    /** Somebody new at the spot, whose household stands in no line: it may stand once in each. */
    UUID newWaiter(Spot spot) {
        if (spot.place() == Place.NOWHERE) {
            return Ids.next();
        }
        leaveLines(spot);
        return newResident(spot);
    }

    private void leaveLines(Spot spot) {
        run("update outing_wait set state = 'LEFT', ended_at = now() where household_id = '%s' and state in ('WAITING', 'OFFERED')".formatted(spot.household()));
    }

    /** The place in the line for that slot of somebody new at the spot. */
    String newWaiting(Spot spot, String slot) {
        return spot.place() == Place.NOWHERE ? Ids.next().toString() : officeOf(spot)
                .post("/outing-slots/" + slot + "/waiting", Map.of("residentId", newWaiter(spot))).expect(201).text("/id");
    }

    /** Somebody new at the spot who asked for a pass. */
    UUID newPassHolder(Spot spot) {
        var resident = newResident(spot);
        if (spot.place() != Place.NOWHERE) {
            pass(spot, resident);
        }
        return resident;
    }

    private String pass(Spot spot, UUID resident) {
        return officeOf(spot).post("/outing-passes", Map.of("residentId", resident, "kind", "MEDICAL")).expect(201).text("/id");
    }

    /** An import that was tried at the spot. */
    String newImport(Spot spot) {
        var key = UUID.randomUUID();
        if (spot.place() != Place.NOWHERE) {
            officeOf(spot).withKey(key).send("POST", "/imports/roster?dryRun=true", "text/csv", ROSTER).expect(200);
        }
        return key.toString();
    }

    /** Somebody new at the spot who can be called, about whom the health centre was told. */
    String newPatientWithPhone(Spot spot) {
        if (spot.place() == Place.NOWHERE) {
            return Ids.next().toString();
        }
        var office = officeOf(spot);
        var name = spot.canary() + NAMES.incrementAndGet();
        var household = office.get("/households/" + spot.household()).expect(200);
        var line = "楼栋,单元,房号,姓名,手机\n%s,%s,%s,%s,%s\n".formatted(household.text("/building"), household.text("/unit"), household.text("/room"),
                name, ApiServer.phone());
        office.send("POST", "/imports/roster", "text/csv", line.getBytes(StandardCharsets.UTF_8)).expect(200);
        for (var member : office.get("/households/" + spot.household()).expect(200).body().path("members")) {
            if (member.path("name").asText().equals(name)) {
                handOn(office.post("/health-reports", Map.of("residentId", member.path("id").asText(), "round", "MORNING", "temperature", 38.5,
                        "symptoms", List.of())).expect(201).text("/alertId"));
                return member.path("id").asText();
            }
        }
        throw new IllegalStateException(name + " was not imported");
    }

    /** A code that can be printed for the own household. */
    String newInvitation() {
        return person(Role.OFFICE).post("/households/" + own.id() + "/invite").expect(201).text("/inviteCode");
    }

    /** A visit as somebody of the spot's household sees it. */
    record Invited(String id, String code) {
    }

    /** Somebody whom the own household invites, which has nobody to stay away from. */
    Map<String, Object> newVisitor(Spot spot) {
        run("update observation set state = 'RELEASED', ended_at = opened_at where state = 'OPEN' and household_id = '%s'".formatted(spot.household()));
        return visitor();
    }

    private static Map<String, Object> visitor() {
        return Map.of("visitorName", name(), "phone", ApiServer.phone(), "expectedAt", "2026-11-22T10:00:00+08:00", "purpose", "探亲");
    }

    Invited newVisit(Spot spot) {
        if (spot.place() == Place.NOWHERE) {
            return new Invited(Ids.next().toString(), "V-00000-00000");
        }
        var host = hostOf(spot);
        var visit = host.post("/visits", newVisitor(spot)).expect(201);
        return new Invited(visit.text("/id"), visit.text("/code"));
    }

    String newVisitInside(Spot spot) {
        var id = newVisit(spot).id();
        guardOf(spot).ifPresent(guard -> guard.post("/visits/" + id + "/enter",
                arrival(UUID.fromString(guard.me().at("/gates/0/id").asText()))).expect(200));
        return id;
    }

    /** Somebody whom the own household leads in without an invitation. */
    Map<String, Object> walkIn() {
        var body = new HashMap<>(arrival());
        body.putAll(Map.of("nonce", UUID.randomUUID(), "household", "1-1-101", "visitorName", name(), "phone", ApiServer.phone(), "enteredAt",
                "2026-11-22T09:10:00+08:00"));
        return body;
    }

    String newEmergency(Spot spot) {
        return guardOf(spot).map(guard -> guard.post("/emergency-entries", Map.of("gateId", guard.me().at("/gates/0/id").asText(), "service", "POLICE"))
                .expect(201).text("/id")).orElseGet(() -> Ids.next().toString());
    }

    /** Somebody whose code names no pass of the spot's compound went through all the same. */
    String newConflict(Spot spot) {
        var nonce = UUID.randomUUID();
        guardOf(spot).ifPresent(guard -> guard.post("/gate-scans", Map.of("code", "A".repeat(135), "gateId", guard.me().at("/gates/0/id").asText(),
                "direction", "OUT", "nonce", nonce, "admitted", true)).expect(200));
        return nonce.toString();
    }

    /** Of a parcel for the spot's household. */
    Map<String, Object> waybill(Spot spot) {
        return Map.of("householdId", spot.household(), "carrier", "SF", "trackingTail", "0815", "perishable", false, "disinfected", true);
    }

    /** A parcel that waits for the spot's household. */
    String newParcel(Spot spot) {
        return guardOf(spot).map(guard -> guard.post("/parcels", waybill(spot)).expect(201).text("/id")).orElseGet(() -> Ids.next().toString());
    }

    static final String PHOTO_FORM = "multipart/form-data; boundary=between";

    /** A form with a picture so many pixels wide. */
    static byte[] photoForm(int width) {
        var bytes = new ByteArrayOutputStream();
        try {
            bytes.writeBytes("--between\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            ImageIO.write(new BufferedImage(width, 32, BufferedImage.TYPE_INT_RGB), "png", bytes);
            bytes.writeBytes("\r\n--between--\r\n".getBytes(StandardCharsets.UTF_8));
            return bytes.toByteArray();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The spot's household, to which nothing is brought. */
    UUID withoutArrangement(Spot spot) {
        run("update door_arrangement set state = 'ENDED', decided_at = now() where household_id = '%s' and state in ('ASKED', 'GRANTED')".formatted(spot.household()));
        return spot.household();
    }

    String newDoorArrangement(Spot spot) {
        return spot.place() == Place.NOWHERE ? Ids.next().toString()
                : officeOf(spot).post("/door-arrangements", Map.of("householdId", withoutArrangement(spot).toString())).expect(201).text("/id");
    }

    /** A walk to the spot's household that nobody has taken, with a new parcel. */
    String newDoorTask(Spot spot) {
        if (spot.place() == Place.NOWHERE) {
            return Ids.next().toString();
        }
        run("update door_task set state = 'CANCELLED', ended_at = now(), version = version + 1 where household_id = '%s' and state not in ('DONE', 'CANCELLED')"
                .formatted(spot.household()));
        newParcel(spot);
        newDoorArrangement(spot);
        for (var task : officeOf(spot).get("/door-tasks?limit=200").expect(200).body().path("items")) {
            if (task.path("state").asText().equals("OPEN") && task.path("household").asText().equals(labelOf(spot))) {
                return task.path("id").asText();
            }
        }
        throw new IllegalStateException("no walk was opened");
    }

    private String labelOf(Spot spot) {
        return officeOf(spot).get("/households/" + spot.household()).expect(200).text("/label");
    }

    /** Placed by the caller, where they may. */
    String newPlacedDoorTask(Spot spot, ApiClient caller) {
        var id = newDoorTask(spot);
        caller.post("/door-tasks/" + id + "/events", Map.of("event", "TAKE"));
        caller.post("/door-tasks/" + id + "/events", Map.of("event", "PLACE"));
        return id;
    }

    String newShownDoorTask(Spot spot) {
        if (spot.place() == Place.NOWHERE) {
            return Ids.next().toString();
        }
        var office = officeOf(spot);
        var id = newPlacedDoorTask(spot, office);
        office.send("POST", "/door-tasks/" + id + "/photo", PHOTO_FORM, photoForm(48)).expect(200);
        return id;
    }

    String newDoorVolunteer(Spot spot) {
        return spot.place() == Place.NOWHERE ? Ids.next().toString() : officeOf(spot).post("/door-volunteers",
                Map.of("accountId", newGuard(spot).toString(), "from", "2026-11-22", "until", "2026-11-22")).expect(201).text("/id");
    }

    /** A parcel and its picture, as a path. */
    String newPhotographedParcel(Spot spot) {
        var id = newParcel(spot);
        return id + "/photos/" + guardOf(spot).orElseThrow().send("POST", "/parcels/" + id + "/photos", PHOTO_FORM, photoForm(48)).expect(201).text("/id");
    }

    String newBookedParcel(Spot spot) {
        var id = newParcel(spot);
        if (spot.place() != Place.NOWHERE) {
            var gate = guardOf(spot).orElseThrow().me().at("/gates/0/id").asText();
            hostOf(spot).put("/parcels/" + id + "/booking", Map.of("slotId", "20261122-1000-" + gate)).expect(200);
        }
        return id;
    }

    /** Somebody of the spot's household shows its code. */
    Map<String, Object> pickup(Spot spot) {
        return Map.of("pickupCode", hostOf(spot).get("/parcels/" + newParcel(spot) + "/pickup-code").expect(200).text("/code"));
    }

    private ApiClient hostOf(Spot spot) {
        return hosts.computeIfAbsent(spot.place(), place -> api.resident(households.get(place), name()));
    }

    /** Somebody whom the own household names, which has nobody else named. */
    Map<String, Object> collector(Spot spot) {
        run("update pickup_collector set withdrawn_at = named_at where withdrawn_at is null and household_id = '%s'".formatted(spot.household()));
        return Map.of("name", name(), "days", 1);
    }

    String newCollector(Spot spot) {
        return spot.place() == Place.NOWHERE ? Ids.next().toString()
                : hostOf(spot).post("/household/collectors", collector(spot)).expect(201).text("/id");
    }

    String newCourierLink(Spot spot) {
        return guardOf(spot).map(guard -> guard.post("/courier-links", Map.of("label", "顺丰")).expect(201).text("/id"))
                .orElseGet(() -> Ids.next().toString());
    }

    String newCourierToken(Spot spot) {
        newCourierLink(spot);
        var url = guardOf(spot).orElseThrow().get("/courier-links").expect(200).text("/items/0/url");
        return url.substring(url.indexOf('#') + 1);
    }

    /** Of the spot's household, which has none under way. */
    Map<String, Object> purchase(Spot spot) {
        run("update purchase set state = 'REJECTED', asked_fen = null, ended_at = now(), version = version + 1 where household_id = '%s' and ended_at is null"
                .formatted(spot.household()));
        return Map.of("householdId", spot.household().toString(), "items", List.of(Map.of("name", "鸡蛋", "quantity", 1.5, "unit", "斤")), "budget", 30.5,
                "payBy", "WECHAT", "wantedOn", "2026-11-22", "note", "要新鲜的");
    }

    String newPurchase(Spot spot) {
        return spot.place() == Place.NOWHERE ? Ids.next().toString() : officeOf(spot).post("/purchases", purchase(spot)).expect(201).text("/id");
    }

    /** Its words were refused. */
    String newRefusedPurchase(Spot spot) {
        var id = newPurchase(spot);
        if (spot.place() != Place.NOWHERE) {
            run("""
                    insert into wording (compound_id, id, kind, thing_id, author_compound_id, author_id, state, said_at, decided_at, answer)
                    values ('%1$s', '%2$s', 'PURCHASE', '%2$s', '%1$s', '%2$s', 'REFUSED', now(), now(), '像广告')""".formatted(spot.compound(), id));
        }
        return id;
    }

    /** Accepted by the caller, where they may. */
    String newAcceptedPurchase(Spot spot, ApiClient caller) {
        var id = newPurchase(spot);
        caller.post("/purchases/" + id + "/events", Map.of("event", "ACCEPT"));
        return id;
    }

    String newPurchaseWithReceipt(Spot spot) {
        if (spot.place() == Place.NOWHERE) {
            return Ids.next().toString();
        }
        var id = newAcceptedPurchase(spot, officeOf(spot));
        officeOf(spot).send("POST", "/purchases/" + id + "/receipt", PHOTO_FORM, photoForm(48)).expect(200);
        return id;
    }

    private Optional<ApiClient> guardOf(Spot spot) {
        return switch (spot.place()) {
            case NOWHERE -> Optional.empty();
            case OWN_HOUSEHOLD, SAME_BUILDING, OTHER_BUILDING -> Optional.of(person(Role.GUARD));
            case OTHER_COMPOUND -> Optional.of(laurelsGuard);
        };
    }

    /** Of a lamp that all share. */
    static Map<String, Object> ticket() {
        return Map.of("kind", "REPAIR", "category", "LIGHTING", "place", Map.of("area", "PUBLIC", "text", "一号楼门口", "building", "1"),
                "description", "灯不亮", "urgency", "NORMAL");
    }

    /** A ticket of the spot's household that was accepted and that nobody has taken. */
    String newTicket(Spot spot) {
        if (spot.place() == Place.NOWHERE) {
            return Ids.next().toString();
        }
        var host = hosts.computeIfAbsent(spot.place(), place -> api.resident(households.get(place), name()));
        var id = host.post("/tickets", Map.of("kind", "REPAIR", "category", "WATER_TAP", "place", Map.of("area", "HOME", "text", "厨房"),
                "description", "水龙头漏水", "urgency", "NORMAL")).expect(201).text("/id");
        officeOf(spot).post("/tickets/" + id + "/events", Map.of("event", "ACCEPT")).expect(200);
        return id;
    }

    /** The same; a repairman of this world has taken it. */
    String newTicketFor(ApiClient caller, Spot spot) {
        var id = newTicket(spot);
        boolean inReach = reachOf(Role.REPAIRMAN).contains(spot.place());
        if (inReach && caller.me().path("roles").toString().contains("REPAIRMAN")) {
            caller.post("/tickets/" + id + "/events", Map.of("event", "ASSIGN")).expect(200);
        }
        return id;
    }

    static Samples.Call photo(String path) {
        return new Samples.Call("POST", path, photoForm(48), PHOTO_FORM, Map.of());
    }

    /** The end of the path of a picture that the spot's office added to a ticket which nobody has taken. */
    String newTicketPhoto(Spot spot) {
        var ticket = newTicket(spot);
        return ticket + "/photos/" + (spot.place() == Place.NOWHERE ? Ids.next() : photo("/tickets/" + ticket + "/photos").by(officeOf(spot)).expect(201).text("/id"));
    }

    /** A day of which the spot's office said something. */
    String newWorkingDay(Spot spot) {
        var day = "2026-12-26";
        if (spot.place() != Place.NOWHERE) {
            officeOf(spot).put("/working-calendar/" + day, Map.of("worked", true, "name", "加班")).expect(200);
        }
        return day;
    }

    /** An anonymous complaint of the spot's household. */
    String newComplaint(Spot spot) {
        return report(spot, Map.of("kind", "COMPLAINT", "category", "NOISE", "place", Map.of("area", "PUBLIC", "text", "楼上"), "description", "半夜装修",
                "urgency", "NORMAL", "anonymous", true));
    }

    /** A lamp that somebody at the spot reported. */
    String newPublicTicket(Spot spot) {
        return report(spot, Map.of("kind", "REPAIR", "category", "LIGHTING", "place", Map.of("area", "PUBLIC", "text", "门口"), "description", "灯不亮",
                "urgency", "NORMAL"));
    }

    private String report(Spot spot, Map<String, Object> ticket) {
        return spot.place() == Place.NOWHERE ? Ids.next().toString()
                : hosts.computeIfAbsent(spot.place(), place -> api.resident(households.get(place), name())).post("/tickets", ticket).expect(201).text("/id");
    }

    /** The gate where this world's guard is on duty. */
    UUID guardsGate() {
        return spot(Place.OWN_HOUSEHOLD).gate();
    }

    /** Of a code that nobody made. */
    Map<String, Object> scan() {
        return Map.of("code", "A".repeat(135), "gateId", guardsGate(), "direction", "OUT", "nonce", UUID.randomUUID(), "temperature", 36.4, "mask", true);
    }

    Map<String, Object> atGate() {
        return Map.of("gateId", guardsGate());
    }

    Map<String, Object> arrival() {
        return arrival(guardsGate());
    }

    private static Map<String, Object> arrival(UUID gate) {
        return Map.of("gateId", gate, "nameChecked", true, "hostPresent", true, "healthCode", "GREEN", "temperature", 36.4, "mask", true);
    }

    ApiClient administrator() {
        return person(Role.ADMIN);
    }

    /** A new guard of the spot's compound. */
    UUID newGuard(Spot spot) {
        return spot.place() == Place.NOWHERE ? Ids.next() : api.staff(spot.compound(), Role.GUARD, spot.gate()).id();
    }

    /** A new resident of the spot with an account. */
    UUID newResidentAccount(Spot spot) {
        return spot.place() == Place.NOWHERE ? Ids.next() : api.resident(households.get(spot.place()), name()).id();
    }

    /** A new password by a code of the administrator's. */
    Samples.Call newReset() {
        var account = newResidentAccount(spot(Place.OWN_HOUSEHOLD));
        var code = administrator().post("/accounts/" + account + "/reset").expect(201).text("/code");
        return Samples.Call.post("/auth/reset", Map.of("phone", api.phoneOf(account), "code", code, "newPassword", "battery staple"));
    }

    /** Somebody whom WeChat knows and nobody has bound, and a resident's phone that it vouches for. */
    Samples.Call newWeChatBinding() {
        var token = api.visitor().post("/auth/wechat", weChatCode()).expect(200).text("/bindingToken");
        var phone = api.phoneOf(newResidentAccount(spot(Place.OWN_HOUSEHOLD)));
        return Samples.Call.post("/auth/wechat/phone", Map.of("bindingToken", token, "code", phone + "." + NAMES.incrementAndGet()));
    }

    /** Words of nothing in particular that wait for a look. */
    UUID newHeldWords(Spot spot) {
        var id = Ids.next();
        if (spot.place() != Place.NOWHERE) {
            run("""
                    insert into wording (compound_id, id, kind, thing_id, author_compound_id, author_id, words, state, why, said_at)
                    values ('%1$s', '%2$s', 'TICKET_PLACE', '%2$s', '%1$s', '%2$s', '某处', 'HELD', 'LISTED', now())""".formatted(spot.compound(), id));
        }
        return id;
    }

    /** The scene of a gate's code. */
    String newScene() {
        return person(Role.OFFICE).post("/gates/" + spot(Place.OWN_HOUSEHOLD).gate() + "/code").expect(200).text("/scene");
    }

    /** A browser that waits for a phone. */
    ApiClient.Answer newPortalLogin() {
        return api.visitor().post("/auth/portal-logins", Map.of("portal", "RESIDENT")).expect(200);
    }

    /** The same, scanned by that person, and the number to confirm it with. */
    Map<String, Object> newScannedLogin(ApiClient phone) {
        var browser = newPortalLogin();
        phone.post("/auth/portal-logins/scan", Map.of("scene", browser.text("/scene"))).expect(200);
        return Map.of("scene", browser.text("/scene"), "number", browser.body().path("number").asInt());
    }

    /** As WeChat's console asks, and as its servers tell what concerns nobody here. */
    Samples.Call weChatAsks() {
        return Samples.Call.get(new PushGiven(WeChatEmulator.APP_ID, api.clock()).question("hello"));
    }

    Samples.Call weChatTells() {
        var told = new PushGiven(WeChatEmulator.APP_ID, api.clock()).told("{\"FromUserName\":\"nobody\",\"Event\":\"debug_demo\",\"CreateTime\":" + NAMES.incrementAndGet() + "}");
        return Samples.Call.post(told.path(), told.body());
    }

    static Map<String, Object> weChatCode() {
        int number = NAMES.incrementAndGet();
        return Map.of("code", "person" + number + "." + number);
    }

    /** A message of the spot that could not be delivered. */
    UUID newParkedMessage(Spot spot) {
        var id = Ids.next();
        if (spot.place() != Place.NOWHERE) {
            run("""
                    insert into outbox_message (compound_id, id, dedupe_key, template, arguments_chinese, arguments_english, recipient_kind,
                        recipient_compound_id, recipient_id, state, attempts, next_attempt_at, last_fault, created_at, settled_at)
                    values ('%1$s', '%2$s', 'parked/%2$s', 'OBSERVATION_STARTED', '{}', '{}', 'HOUSEHOLD', '%1$s', '%3$s', 'PARKED', 10, now(),
                        'nobody there: HOUSEHOLD', now(), now())""".formatted(spot.compound(), id, spot.household()));
        }
        return id;
    }

    /** A message in somebody's inbox. */
    UUID newNotification(JsonNode me) {
        var id = Ids.next();
        run("""
                insert into notification (compound_id, account_id, id, template, arguments_chinese, arguments_english, created_at)
                values ('%s', '%s', '%s', 'ROUND_REMINDER', '{9:00}', '{9:00}', now())"""
                .formatted(me.at("/compound/id").asText(), me.path("id").asText(), id));
        return id;
    }

    /** A gate or a grid that the spot's office made: {@code what} is the end of its path. */
    String newPlace(Spot spot, String what) {
        return spot.place() == Place.NOWHERE ? Ids.next().toString()
                : officeOf(spot).post("/" + what, Map.of("name", name())).expect(201).text("/id");
    }

    String newSubdistrict(Spot spot) {
        return spot.place() == Place.NOWHERE ? Ids.next().toString()
                : administrator().post("/subdistricts", Map.of("name", name())).expect(201).text("/id");
    }

    String newCommunity(Spot spot) {
        return spot.place() == Place.NOWHERE ? Ids.next().toString()
                : administrator().post("/communities", Map.of("subdistrictId", newSubdistrict(spot), "name", name())).expect(201).text("/id");
    }

    private void run(String sql) {
        try (var connection = api.database().connect(); var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    static String name() {
        return "某人" + NAMES.incrementAndGet();
    }

    /** The places that a role reaches, by the words of the domain. */
    static Set<Place> reachOf(Role role) {
        return switch (role) {
            case RESIDENT -> Set.of(Place.OWN_HOUSEHOLD);
            case GUARD -> Set.of();
            case GRID_WORKER -> Set.of(Place.OWN_HOUSEHOLD, Place.SAME_BUILDING);
            case DISPATCHER, REPAIRMAN, OFFICE, HEALTH_CENTRE, SUBDISTRICT -> Set.of(Place.OWN_HOUSEHOLD, Place.SAME_BUILDING, Place.OTHER_BUILDING);
            case ADMIN -> Set.of(Place.OWN_HOUSEHOLD, Place.SAME_BUILDING, Place.OTHER_BUILDING, Place.OTHER_COMPOUND);
        };
    }

    /** The places whose compound a role has something to do with. */
    static Set<Place> compoundsOf(Role role) {
        return role == Role.ADMIN ? reachOf(role) : Set.of(Place.OWN_HOUSEHOLD, Place.SAME_BUILDING, Place.OTHER_BUILDING);
    }

    /** The places whose people's names a role may read at all. */
    static Set<Place> namesReadBy(Role role) {
        return switch (role) {
            case RESIDENT, GRID_WORKER, OFFICE, HEALTH_CENTRE, ADMIN -> reachOf(role);
            case GUARD, DISPATCHER, REPAIRMAN, SUBDISTRICT -> Set.of();
        };
    }

    @Override
    public void close() {
        api.close();
        weChat.close();
    }
}
