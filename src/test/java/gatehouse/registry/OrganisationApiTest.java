package gatehouse.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiClient.Answer;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OrganisationApiTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static ApiServer api;
    private static Given.Compound garden;
    private static Given.Compound laurel;
    private static ApiClient administrator;
    private static ApiClient office;
    private static ApiClient foreignOffice;

    @BeforeAll
    static void open() {
        api = ApiServer.start();
        garden = api.given().compound("阳光花园");
        laurel = api.given().compound("月桂苑");
        administrator = api.staff(garden.id(), Role.ADMIN, garden.id());
        office = api.staff(garden.id(), Role.OFFICE, garden.id());
        foreignOffice = api.staff(laurel.id(), Role.OFFICE, laurel.id());
    }

    @AfterAll
    static void close() {
        api.close();
    }

    private static String name(String kind) {
        return kind + NUMBER.incrementAndGet();
    }

    private static Map<String, Object> named(String name) {
        return Map.of("name", name);
    }

    private static Map<String, Object> grid(String name, UUID... buildings) {
        return Map.of("name", name, "buildings", List.of(buildings));
    }

    private static Map<String, Object> moving(String name, UUID... buildings) {
        return Map.of("name", name, "buildings", List.of(buildings), "move", true);
    }

    private static List<String> texts(Answer answer, String field) {
        var texts = new ArrayList<String>();
        answer.body().path("items").forEach(each -> texts.add(each.path(field).asText()));
        return texts;
    }

    private static List<String> buildingsOf(String grid) {
        for (var each : office.get("/grids?limit=200").expect(200).body().path("items")) {
            if (each.path("id").asText().equals(grid)) {
                return each.path("buildings").findValuesAsText("building");
            }
        }
        throw new AssertionError("no grid " + grid);
    }

    private static List<Answer> together(int times, IntFunction<Answer> call) throws InterruptedException, ExecutionException {
        var start = new CountDownLatch(1);
        var answers = new ArrayList<Answer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Answer>>();
            for (int i = 0; i < times; i++) {
                int mine = i;
                running.add(threads.submit(() -> {
                    start.await();
                    return call.apply(mine);
                }));
            }
            start.countDown();
            for (var each : running) {
                answers.add(each.get());
            }
        }
        return answers;
    }

    private static List<Integer> statuses(List<Answer> answers) {
        return answers.stream().map(Answer::status).sorted().toList();
    }

    private static void soon(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 150 && !condition.getAsBoolean(); i++) {
            Thread.sleep(20);
        }
        assertTrue(condition.getAsBoolean());
    }

    @Test
    void administrator_fromSubdistrictDown_buildsAPlaceThatItsOfficeWorksIn() {
        var subdistrict = administrator.post("/subdistricts", named(name("青山街道"))).expect(201);
        var community = administrator.post("/communities", Map.of("subdistrictId", subdistrict.text("/id"), "name", "绿水社区")).expect(201);
        assertEquals(subdistrict.text("/name"), community.text("/subdistrict/name"));
        var compound = administrator.post("/compounds", Map.of("communityId", community.text("/id"), "name", "新苑")).expect(201);
        assertEquals(subdistrict.text("/id"), compound.text("/subdistrict/id"));
        var inside = Map.of("compoundId", compound.text("/id"), "name", "东门");
        var gate = administrator.post("/gates", inside).expect(201);
        administrator.post("/grids", inside).expect(201);
        assertEquals(List.of(gate.text("/id")), texts(administrator.get("/gates?compoundId=" + compound.text("/id")), "id"));
        assertEquals(List.of("绿水社区"), texts(administrator.get("/communities?subdistrictId=" + subdistrict.text("/id")), "name"));

        var phone = ApiServer.phone();
        administrator.post("/accounts", Map.of("name", "社区办公室", "phone", phone, "password", "correct horse", "grants",
                List.of(Map.of("role", "OFFICE", "reach", "COMMUNITY", "reachId", community.text("/id"))))).expect(201);
        var newOffice = api.visitor().logIn(phone, "correct horse");
        assertEquals(List.of("东门"), texts(newOffice.get("/gates").expect(200), "name"));
        assertEquals(1, newOffice.get("/compounds").expect(200).body().path("items").size());
        newOffice.put("/gates/" + gate.text("/id"), named("北门")).expect(200);
        newOffice.get("/policy").expect(200);
    }

    @Test
    void rename_ofEverything_isSeenInLists() {
        var subdistrict = administrator.post("/subdistricts", named(name("街道"))).expect(201).text("/id");
        var community = administrator.post("/communities", Map.of("subdistrictId", subdistrict, "name", "社区")).expect(201).text("/id");
        var compound = administrator.post("/compounds", Map.of("communityId", community, "name", "小区")).expect(201).text("/id");
        var renamed = name("改名街道");
        assertEquals(renamed, administrator.put("/subdistricts/" + subdistrict, named("  " + renamed + " ")).expect(200).text("/name"));
        administrator.put("/communities/" + community, named("改名社区")).expect(200);
        assertEquals("改名社区", administrator.put("/compounds/" + compound, named("改名小区")).expect(200).text("/community/name"));
        var listed = administrator.get("/compounds?communityId=" + community).expect(200);
        assertEquals("改名小区 " + renamed, listed.text("/items/0/name") + " " + listed.text("/items/0/subdistrict/name"));
        assertTrue(texts(administrator.get("/subdistricts?limit=200").expect(200), "name").contains(renamed));
    }

    @Test
    void create_nameOfANeighbour_isTaken_elsewhereItIsFree() {
        var taken = name("东门");
        office.post("/gates", named(taken)).expect(201);
        office.post("/gates", named(" " + taken + "　")).expectProblem(409, "name-taken");
        foreignOffice.post("/gates", named(taken)).expect(201);
        var other = office.post("/gates", named(name("西门"))).expect(201).text("/id");
        office.put("/gates/" + other, named(taken)).expectProblem(409, "name-taken");
        office.put("/gates/" + other, named(name("南门"))).expect(200);

        var subdistrict = administrator.post("/subdistricts", named(name("街道"))).expect(201);
        administrator.post("/subdistricts", named(subdistrict.text("/name"))).expectProblem(409, "name-taken");
        var community = Map.of("subdistrictId", subdistrict.text("/id"), "name", "社区");
        var communityId = administrator.post("/communities", community).expect(201).text("/id");
        administrator.post("/communities", community).expectProblem(409, "name-taken");
        administrator.post("/compounds", Map.of("communityId", communityId, "name", "小区")).expect(201);
        administrator.post("/compounds", Map.of("communityId", communityId, "name", "小区")).expectProblem(409, "name-taken");
        var grid = name("网格");
        office.post("/grids", named(grid)).expect(201);
        office.post("/grids", named(grid)).expectProblem(409, "name-taken");
    }

    @Test
    void create_sameKeyAgain_isTheThingMadeFirst() {
        var keyed = office.withKey(UUID.randomUUID());
        var name = name("网格");
        var first = keyed.post("/grids", named(name)).expect(201);
        var again = keyed.post("/grids", named(name)).expect(201);
        assertEquals(first.body(), again.body());
        assertEquals("true", again.header("Idempotent-Replay").orElse(""));
        keyed.post("/grids", named(name("网格"))).expectProblem(422, "key-reused");
    }

    @Test
    void create_sameGateNameManyTimesAtOnce_isMadeOnce() throws Exception {
        var name = name("北门");
        var statuses = statuses(together(12, turn -> office.withKey(UUID.randomUUID()).post("/gates", named(name))));
        assertEquals(201, statuses.getFirst());
        assertEquals(List.of(409), statuses.subList(1, 12).stream().distinct().toList());
        assertEquals(1, texts(office.get("/gates?limit=200"), "name").stream().filter(name::equals).count());
    }

    @Test
    void create_sameKeyManyTimesAtOnce_answersTheSameThing() throws Exception {
        var keyed = office.withKey(UUID.randomUUID());
        var name = name("南门");
        var ids = together(12, turn -> keyed.post("/gates", named(name))).stream().map(each -> each.expect(201).text("/id")).distinct().toList();
        assertEquals(1, ids.size());
    }

    @Test
    void rename_twoGatesToOneNameAtOnce_oneGetsIt() throws Exception {
        for (int round = 0; round < 5; round++) {
            var gates = List.of(office.post("/gates", named(name("门"))).expect(201).text("/id"),
                    office.post("/gates", named(name("门"))).expect(201).text("/id"));
            var wanted = name("正门");
            assertEquals(List.of(200, 409), statuses(together(2, turn -> office.put("/gates/" + gates.get(turn), named(wanted)))));
        }
    }

    @Test
    void anything_outsideTheScope_isNotFoundLikeWhatDoesNotExist() {
        var gate = office.post("/gates", named(name("门"))).expect(201).text("/id");
        var grid = office.post("/grids", named(name("网格"))).expect(201).text("/id");
        for (var id : List.of(gate, UUID.randomUUID().toString(), "x")) {
            foreignOffice.put("/gates/" + id, named(name("门"))).expectProblem(404, "not-found");
        }
        for (var id : List.of(grid, UUID.randomUUID().toString(), "x")) {
            foreignOffice.put("/grids/" + id, grid(name("网格"))).expectProblem(404, "not-found");
        }
        for (var compound : List.of(garden.id().toString(), UUID.randomUUID().toString(), "x")) {
            foreignOffice.post("/gates", Map.of("compoundId", compound, "name", name("门"))).expectProblem(404, "not-found");
            foreignOffice.post("/grids", Map.of("compoundId", compound, "name", name("网格"))).expectProblem(404, "not-found");
        }
        assertEquals(List.of(), texts(foreignOffice.get("/gates?compoundId=" + garden.id()).expect(200), "id"));
        assertEquals(List.of(), texts(foreignOffice.get("/grids?compoundId=" + garden.id()).expect(200), "id"));
        assertEquals(List.of(laurel.id().toString()), texts(foreignOffice.get("/compounds").expect(200), "id"));
        for (var id : List.of(UUID.randomUUID().toString(), "x")) {
            administrator.post("/communities", Map.of("subdistrictId", id, "name", "社区")).expectProblem(404, "not-found");
            administrator.post("/compounds", Map.of("communityId", id, "name", "小区")).expectProblem(404, "not-found");
            administrator.put("/subdistricts/" + id, named("街道")).expectProblem(404, "not-found");
            administrator.put("/communities/" + id, named("社区")).expectProblem(404, "not-found");
            administrator.put("/compounds/" + id, named("小区")).expectProblem(404, "not-found");
        }
    }

    @Test
    void dividing_byOthers_isNotPermitted() {
        office.post("/compounds", Map.of("communityId", api.given().communityId(), "name", name("小区"))).expectProblem(403, "not-permitted");
        office.put("/compounds/" + garden.id(), named(name("小区"))).expectProblem(403, "not-permitted");
        office.get("/communities").expectProblem(403, "not-permitted");
        office.get("/subdistricts").expectProblem(403, "not-permitted");
        var guard = api.staff(garden.id(), Role.GUARD, garden.gate(name("岗")));
        guard.post("/gates", named(name("门"))).expectProblem(403, "not-permitted");
        guard.get("/gates").expect(200);
        guard.get("/grids").expectProblem(403, "not-permitted");
        api.visitor().post("/gates", named(name("门"))).expectProblem(401, "not-logged-in");
    }

    @Test
    void create_badName_isRefusedAtItsField() {
        for (var bad : List.of("　", "\u0007", "a\u0085b", "\u200B")) {
            office.post("/gates", named(bad)).expectBadField("/name");
        }
        office.post("/gates", named("")).expectBadField("/name");
        office.post("/gates", named("门".repeat(51))).expectBadField("/name");
        office.post("/gates", Map.of("name", name("门"), "colour", "red")).expectBadField("/colour");
    }

    @Test
    void changeGrid_namesExactlyItsBuildings() {
        var one = garden.building(name("1"));
        var two = garden.building(name("2"));
        var three = garden.building(name("3"));
        var name = name("网格");
        var grid = office.post("/grids", grid(name, one, two)).expect(201);
        assertEquals(2, grid.body().path("buildings").size());
        var changed = office.put("/grids/" + grid.text("/id"), grid(name + "改", two, three)).expect(200);
        assertEquals(name + "改", changed.text("/name"));
        assertEquals(Set.of(two.toString(), three.toString()), Set.copyOf(changed.body().path("buildings").findValuesAsText("id")));
        assertEquals(0, office.put("/grids/" + grid.text("/id"), grid(name)).expect(200).body().path("buildings").size());
        office.put("/grids/" + grid.text("/id"), named(name)).expectBadField("/buildings");
    }

    @Test
    void changeGrid_buildingOfAnotherGrid_comesOverOnlyWhenThatIsSaid() {
        var number = name("8");
        var building = garden.building(number);
        var before = name("老网格");
        var old = office.post("/grids", grid(before, building)).expect(201).text("/id");
        var next = office.post("/grids", grid(name("新网格"))).expect(201);
        var refused = office.put("/grids/" + next.text("/id"), grid(next.text("/name"), building)).expectProblem(409, "building-in-other-grid");
        assertTrue(refused.text("/detail").contains(number + " (" + before + ")"), refused.body().toString());
        office.post("/grids", grid(name("第三网格"), building)).expectProblem(409, "building-in-other-grid");
        assertEquals(List.of(number), buildingsOf(old));
        office.put("/grids/" + next.text("/id"), moving(next.text("/name"), building)).expect(200);
        assertEquals(List.of(), buildingsOf(old));
        assertEquals(List.of(number), buildingsOf(next.text("/id")));
    }

    @Test
    void changeGrid_buildingThatIsNoneOfTheCompound_isAFaultAtItsPlace() {
        var own = garden.building(name("5"));
        var foreign = laurel.building(name("5"));
        for (var bad : List.of(foreign.toString(), UUID.randomUUID().toString(), "x")) {
            office.post("/grids", Map.of("name", name("网格"), "buildings", List.of(own.toString(), bad))).expectBadField("/buildings/1");
        }
        office.post("/grids", Map.of("name", name("网格"), "buildings", List.of(own, own))).expectBadField("/buildings");
    }

    @Test
    void changeGrid_twoGridsTakingTheSameBuildingsAtOnce_eachBuildingIsInOne() throws Exception {
        var buildings = new UUID[6];
        for (int i = 0; i < buildings.length; i++) {
            buildings[i] = garden.building(name("楼"));
        }
        var names = List.of(name("甲"), name("乙"), name("丙"), name("丁"));
        var grids = names.stream().map(name -> office.post("/grids", named(name)).expect(201).text("/id")).toList();
        for (int round = 0; round < 5; round++) {
            var statuses = statuses(together(8, turn -> office.put("/grids/" + grids.get(turn % 4), moving(names.get(turn % 4), buildings))));
            assertEquals(List.of(200), statuses.stream().distinct().toList());
            assertEquals(6, grids.stream().mapToInt(grid -> buildingsOf(grid).size()).sum());
        }
        // Without saying so, one gets them and the others hear that they are gone.
        for (int round = 0; round < 15; round++) {
            grids.forEach(grid -> office.put("/grids/" + grid, grid(names.get(grids.indexOf(grid)))).expect(200));
            assertEquals(List.of(200, 409, 409, 409),
                    statuses(together(4, turn -> office.put("/grids/" + grids.get(turn), grid(names.get(turn), buildings)))));
        }
    }

    @Test
    void changeGrid_actsAtOnceOnWhatGridWorkersReach_onAnotherInstanceToo() throws Exception {
        var number = name("6");
        garden.household(number + "-1-101");
        var building = garden.building(number);
        var name = name("网格");
        var grid = office.post("/grids", grid(name)).expect(201).text("/id");
        var here = api.staff(garden.id(), Role.GRID_WORKER, UUID.fromString(grid));
        var there = here.at(api.another());
        assertEquals(List.of(), texts(here.get("/households").expect(200), "label"));
        assertEquals(List.of(), texts(there.get("/households").expect(200), "label"));
        office.put("/grids/" + grid, grid(name, building)).expect(200);
        assertEquals(List.of(number + "-1-101"), texts(here.get("/households").expect(200), "label"));
        soon(() -> texts(there.get("/households").expect(200), "label").equals(List.of(number + "-1-101")));
        office.put("/grids/" + grid, grid(name)).expect(200);
        assertEquals(List.of(), texts(here.get("/households").expect(200), "label"));
        soon(() -> texts(there.get("/households").expect(200), "label").isEmpty());
    }

    @Test
    void createCompound_isWithinTheAdministratorsReachAtOnce_onAnotherInstanceToo() throws Exception {
        var there = administrator.at(api.another());
        there.get("/compounds").expect(200);
        var compound = administrator.post("/compounds", Map.of("communityId", api.given().communityId(), "name", name("小区")))
                .expect(201).text("/id");
        administrator.post("/gates", Map.of("compoundId", compound, "name", "东门")).expect(201);
        soon(() -> there.get("/gates?compoundId=" + compound).expect(200).body().path("items").size() == 1);
    }

    @Test
    void lists_byPages_showEachOnceEvenWhileOthersCome() {
        for (int i = 0; i < 7; i++) {
            office.post("/grids", named(name("页"))).expect(201);
        }
        for (var list : List.of("/grids", "/gates", "/buildings", "/compounds")) {
            var all = texts(office.get(list + "?limit=200").expect(200), "id");
            var seen = new ArrayList<String>();
            var query = "?limit=2";
            Answer page;
            do {
                page = office.get(list + query).expect(200);
                seen.addAll(texts(page, "id"));
                if (seen.size() == 2) {
                    office.post("/grids", named("!" + name("先"))).expect(201);
                }
                query = "?limit=2&cursor=" + page.body().path("next").asText();
            } while (!page.body().path("next").isNull());
            assertEquals(all, seen, list);
            office.get(list + "?cursor=AAAA").expectBadField("?cursor");
        }
        assertEquals(1, texts(administrator.get("/subdistricts?limit=1").expect(200), "id").size());
    }
}
