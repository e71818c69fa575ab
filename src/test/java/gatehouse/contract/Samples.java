package gatehouse.contract;

import static java.util.Map.entry;

import gatehouse.contract.World.Place;
import gatehouse.contract.World.Spot;
import gatehouse.identity.TestAccounts;
import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A valid request for every operation of the contract. A new operation needs one here: without it the authorisation matrix, the
 * answers and the fuzzer fail and say so.
 */
final class Samples {
    /** What an operation is about, so that it can be asked of places within and beyond the caller's reach. */
    enum Target {
        /** Nothing in particular: the caller's own world. */
        NONE,
        /** A household, or somebody or something in it. */
        HOUSEHOLD,
        /** A compound as a whole, or its staff. */
        COMPOUND,
        /** What belongs to one account. */
        SELF,
        /** What lies above all compounds: it is there or it is not. */
        SYSTEM
    }

    /** One request below the base path; {@code body} is JSON unless there is a {@code mediaType}. */
    record Call(String method, String path, @Nullable Object body, @Nullable String mediaType, Map<String, String> headers) {
        static Call get(String path) {
            return new Call("GET", path, null, null, Map.of());
        }

        static Call post(String path, @Nullable Object body) {
            return new Call("POST", path, body, null, Map.of());
        }

        static Call put(String path, Object body) {
            return new Call("PUT", path, body, null, Map.of());
        }

        Call with(String header, String value) {
            return new Call(method, path, body, mediaType, Map.of(header, value));
        }

        ApiClient.Answer by(ApiClient caller) {
            var client = caller;
            for (var header : headers.entrySet()) {
                client = client.with(header.getKey(), header.getValue());
            }
            return mediaType == null ? client.send(method, path, body) : client.send(method, path, mediaType, (byte[]) body);
        }
    }

    /** Makes the request that {@code caller} sends about {@code spot}; what it needs is made before, so that it succeeds where it may. */
    interface Maker {
        Call call(World world, ApiClient caller, Spot spot);
    }

    /** {@code spendsCaller}: the caller's session does not survive it. */
    record Sample(Target target, boolean spendsCaller, Maker maker) {
    }

    private static final String DAY = "2026-11-22";

    private static final Map<String, Sample> ALL = Map.ofEntries(
            // identity
            own("logIn", (world, caller, spot) -> Call.post("/auth/login",
                    Map.of("phone", world.api.phoneOf(world.fresh(Role.REPAIRMAN).id()), "password", TestAccounts.PASSWORD))),
            own("activateAccount", (world, caller, spot) -> Call.post("/auth/activate", Map.of("inviteCode", world.newInvitation(),
                    "name", World.name(), "phone", ApiServer.phone(), "password", "battery staple"))),
            own("logInByWeChat", (world, caller, spot) -> Call.post("/auth/wechat", World.weChatCode())),
            own("bindWeChatByPhone", (world, caller, spot) -> world.newWeChatBinding()),
            own("resolveScene", (world, caller, spot) -> Call.post("/scenes/resolve", Map.of("scene", world.newScene()))),
            of("drawGateCode", Target.COMPOUND, (world, caller, spot) -> Call.post("/gates/" + spot.gate() + "/code", null)),
            own("drawDoorCardCode", (world, caller, spot) -> Call.post("/door-cards", Map.of("inviteCode", world.newInvitation()))),
            of("drawCourierCode", Target.COMPOUND, (world, caller, spot) -> Call.post("/courier-links/" + world.newCourierLink(spot) + "/code", null)),
            own("listHeldWords", (world, caller, spot) -> Call.get("/held-words?limit=200")),
            of("decideHeldWords", Target.COMPOUND, (world, caller, spot) -> Call.post("/held-words/" + world.newHeldWords(spot) + "/decision", Map.of("event", "SHOW"))),
            own("startPortalLogin", (world, caller, spot) -> Call.post("/auth/portal-logins", Map.of("portal", "STAFF"))),
            own("pollPortalLogin", (world, caller, spot) -> Call.post("/auth/portal-logins/poll", Map.of("secret", world.newPortalLogin().text("/secret")))),
            own("scanPortalLogin", (world, caller, spot) -> Call.post("/auth/portal-logins/scan", Map.of("scene", world.newPortalLogin().text("/scene")))),
            own("confirmPortalLogin", (world, caller, spot) -> Call.post("/auth/portal-logins/confirm", world.newScannedLogin(caller))),
            own("refusePortalLogin", (world, caller, spot) -> Call.post("/auth/portal-logins/refuse", Map.of("scene", world.newScannedLogin(caller).get("scene")))),
            own("verifyWeChatPush", (world, caller, spot) -> world.weChatAsks()),
            own("receiveWeChatPush", (world, caller, spot) -> world.weChatTells()),
            own("listSubscriptions", (world, caller, spot) -> Call.get("/wechat/subscriptions")),
            own("acceptSubscriptions", (world, caller, spot) -> Call.post("/wechat/subscriptions", Map.of("templateIds", List.of("template-parcel")))),
            own("getSmsPreference", (world, caller, spot) -> Call.get("/me/sms")),
            own("setSmsPreference", (world, caller, spot) -> Call.put("/me/sms", Map.of("wanted", true))),
            own("refreshSession", (world, caller, spot) -> Call.post("/auth/refresh",
                    Map.of("refreshToken", world.fresh(Role.REPAIRMAN).refreshToken()))),
            spending("logOut", (world, caller, spot) -> Call.post("/auth/logout", null)),
            spending("changePassword", (world, caller, spot) -> Call.put("/auth/password",
                    Map.of("password", TestAccounts.PASSWORD, "newPassword", "battery staple"))),
            own("getMe", (world, caller, spot) -> Call.get("/me")),
            of("inviteHousehold", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/households/" + spot.household() + "/invite", null)),
            own("listAccounts", (world, caller, spot) -> Call.get("/accounts?limit=200")),
            of("createAccount", Target.COMPOUND, (world, caller, spot) -> Call.post("/accounts", Map.of("name", World.name(),
                    "phone", ApiServer.phone(), "password", "battery staple", "grants", List.of(guard(spot))))),
            of("setAccountRoles", Target.COMPOUND, (world, caller, spot) -> Call.put("/accounts/" + world.newGuard(spot) + "/roles",
                    Map.of("grants", List.of(guard(spot))))),
            own("useResetCode", (world, caller, spot) -> world.newReset()),
            of("enableAccount", Target.COMPOUND, (world, caller, spot) -> Call.post("/accounts/" + world.newGuard(spot) + "/enable", null)),
            of("resetPassword", Target.COMPOUND, (world, caller, spot) -> Call.post("/accounts/" + world.newResidentAccount(spot) + "/reset", null)),
            of("disableAccount", Target.COMPOUND, (world, caller, spot) -> Call.post("/accounts/" + world.newGuard(spot) + "/disable", null)),
            // registry
            of("importRoster", Target.COMPOUND, (world, caller, spot) -> new Call("POST", "/imports/roster?dryRun=true&compoundId=" + spot.compound(),
                    World.ROSTER, "text/csv", Map.of())),
            of("getImport", Target.COMPOUND, (world, caller, spot) -> Call.get("/imports/" + world.newImport(spot))),
            own("listHouseholds", (world, caller, spot) -> Call.get("/households?limit=200")),
            of("getHousehold", Target.HOUSEHOLD, (world, caller, spot) -> Call.get("/households/" + spot.household())),
            own("listOwnHousehold", (world, caller, spot) -> Call.get("/household/members")),
            own("listBuildings", (world, caller, spot) -> Call.get("/buildings?limit=200")),
            of("getPolicy", Target.COMPOUND, (world, caller, spot) -> Call.get("/policy?compoundId=" + spot.compound())),
            of("changePolicy", Target.COMPOUND, (world, caller, spot) -> Call.put("/policy?compoundId=" + spot.compound(),
                    Map.of("values", Map.of("reportCutOffAt", "16:00"))).with("If-Match", policyVersion(world, spot))),
            of("listPolicyHistory", Target.COMPOUND, (world, caller, spot) -> Call.get("/policy/history?limit=200&compoundId=" + spot.compound())),
            own("listCompounds", (world, caller, spot) -> Call.get("/compounds?limit=200")),
            of("createCompound", Target.SYSTEM, (world, caller, spot) -> Call.post("/compounds",
                    Map.of("communityId", world.newCommunity(spot), "name", World.name()))),
            of("renameCompound", Target.COMPOUND, (world, caller, spot) -> Call.put("/compounds/" + spot.compound(), Map.of("name", World.name()))),
            own("listSubdistricts", (world, caller, spot) -> Call.get("/subdistricts?limit=200")),
            own("createSubdistrict", (world, caller, spot) -> Call.post("/subdistricts", Map.of("name", World.name()))),
            of("renameSubdistrict", Target.SYSTEM, (world, caller, spot) -> Call.put("/subdistricts/" + world.newSubdistrict(spot), Map.of("name", World.name()))),
            own("listCommunities", (world, caller, spot) -> Call.get("/communities?limit=200")),
            of("createCommunity", Target.SYSTEM, (world, caller, spot) -> Call.post("/communities",
                    Map.of("subdistrictId", world.newSubdistrict(spot), "name", World.name()))),
            of("renameCommunity", Target.SYSTEM, (world, caller, spot) -> Call.put("/communities/" + world.newCommunity(spot), Map.of("name", World.name()))),
            of("listGates", Target.COMPOUND, (world, caller, spot) -> Call.get("/gates?limit=200&compoundId=" + spot.compound())),
            of("createGate", Target.COMPOUND, (world, caller, spot) -> Call.post("/gates", Map.of("compoundId", spot.compound(), "name", World.name()))),
            of("renameGate", Target.COMPOUND, (world, caller, spot) -> Call.put("/gates/" + world.newPlace(spot, "gates"), Map.of("name", World.name()))),
            of("listGrids", Target.COMPOUND, (world, caller, spot) -> Call.get("/grids?limit=200&compoundId=" + spot.compound())),
            of("createGrid", Target.COMPOUND, (world, caller, spot) -> Call.post("/grids", Map.of("compoundId", spot.compound(), "name", World.name()))),
            of("changeGrid", Target.COMPOUND, (world, caller, spot) -> Call.put("/grids/" + world.newPlace(spot, "grids"),
                    Map.of("name", World.name(), "buildings", List.of()))),
            // health
            of("submitHealthReport", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/health-reports", report(spot))),
            of("submitHealthReports", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/health-reports/batch", Map.of("reports", List.of(report(spot))))),
            of("listHealthReports", Target.HOUSEHOLD, (world, caller, spot) -> Call.get("/health-reports?limit=200&residentId=" + spot.resident())),
            of("listHealthReportVersions", Target.HOUSEHOLD, (world, caller, spot) -> Call.get("/health-reports/" + world.newReport(spot) + "/versions")),
            own("getTodaysRounds", (world, caller, spot) -> Call.get("/health-rounds/today")),
            own("listMissingReports", (world, caller, spot) -> Call.get("/health-rounds/" + DAY + "/MORNING/missing?limit=200")),
            own("listKnockList", (world, caller, spot) -> Call.get("/health-rounds/knock-list?limit=200")),
            of("recordKnock", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/households/" + spot.household() + "/knocks", Map.of("outcome", "TOLD"))),
            own("listCallList", (world, caller, spot) -> Call.get("/health-rounds/call-list?limit=200")),
            of("listRiskRegions", Target.COMPOUND, (world, caller, spot) -> Call.get("/risk-regions?compoundId=" + spot.compound())),
            of("replaceRiskRegions", Target.COMPOUND, (world, caller, spot) -> Call.put("/risk-regions?compoundId=" + spot.compound(),
                    Map.of("items", List.of(Map.of("regionCode", "420100", "regionName", "武汉市", "level", "HIGH", "from", DAY))))),
            of("importRiskRegions", Target.COMPOUND, (world, caller, spot) -> new Call("POST", "/imports/risk-regions?dryRun=true&compoundId=" + spot.compound(),
                    World.RISK_LIST, "text/csv", Map.of())),
            own("listObservations", (world, caller, spot) -> Call.get("/observations?limit=200")),
            of("getObservation", Target.HOUSEHOLD, (world, caller, spot) -> Call.get("/observations/" + world.newObservation(spot, "NEGATIVE"))),
            of("withdrawTest", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/observations/" + world.newObservation(spot, "NEGATIVE")
                    + "/tests/2/withdraw", Map.of("note", "登记错了"))),
            of("startObservations", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/observations", Map.of("residentIds",
                    List.of(world.newResident(spot)), "reason", "外地返回", "startsOn", DAY, "days", 14))),
            of("addFollowUp", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/observations/" + world.newObservation(spot, "NEGATIVE") + "/follow-ups",
                    Map.of("note", "无不适"))),
            of("addTest", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/observations/" + world.newObservation(spot, "NEGATIVE") + "/tests",
                    Map.of("takenOn", DAY, "result", "NEGATIVE", "note", "社区采样"))),
            of("releaseObservation", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/observations/" + world.newObservation(spot, "NEGATIVE") + "/release",
                    Map.of("note", "期满"))),
            of("transferObservation", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/observations/" + world.newObservation(spot, "POSITIVE") + "/transfer",
                    Map.of("note", "送定点医院"))),
            of("declareTravel", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/travel-declarations",
                    Map.of("residentId", world.newResident(spot), "stays", List.of(), "contactWithCase", false))),
            own("listTravelDeclarations", (world, caller, spot) -> Call.get("/travel-declarations?limit=200")),
            of("addTravelTest", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/travel-declarations/" + world.newDeclaration(spot) + "/tests",
                    Map.of("takenOn", DAY, "result", "NEGATIVE"))),
            own("listAlerts", (world, caller, spot) -> Call.get("/alerts?limit=200")),
            of("getAlert", Target.HOUSEHOLD, (world, caller, spot) -> Call.get("/alerts/" + world.newAlert(spot, true))),
            of("acknowledgeAlert", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/alerts/" + world.newAlert(spot, true) + "/acknowledge", Map.of())),
            of("escalateAlert", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/alerts/" + world.newAlert(spot, false) + "/escalate", Map.of())),
            of("transferAlert", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/alerts/" + world.newAlert(spot, true) + "/transfer", Map.of())),
            of("closeAlert", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/alerts/" + world.newAlert(spot, true) + "/close", Map.of("note", "阴性"))),
            own("listMyAlerts", (world, caller, spot) -> Call.get("/me/alerts")),
            // outing
            of("listOutingSlots", Target.COMPOUND, (world, caller, spot) -> Call.get("/outing-slots?gateId=" + spot.gate() + "&date=" + DAY)),
            of("setGateDay", Target.COMPOUND, (world, caller, spot) -> Call.put("/gates/" + spot.gate() + "/outing-days/" + DAY,
                    Map.of("capacity", 20, "reason", "人手不足"))),
            of("requestOutingPass", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/outing-passes",
                    Map.of("residentId", world.newResident(spot), "kind", "MEDICAL", "purpose", "复诊"))),
            of("listOutingPasses", Target.HOUSEHOLD, (world, caller, spot) -> Call.get("/outing-passes?limit=200&residentId=" + world.newPassHolder(spot))),
            of("getOutingPass", Target.HOUSEHOLD, (world, caller, spot) -> Call.get("/outing-passes/" + world.newPass(spot))),
            of("approveOutingPass", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/outing-passes/" + world.newPass(spot) + "/approve", Map.of("reason", "凭挂号单"))),
            of("rejectOutingPass", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/outing-passes/" + world.newPass(spot) + "/reject",
                    Map.of("reason", "请改约线上问诊"))),
            of("cancelOutingPass", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/outing-passes/" + world.newPass(spot) + "/cancel", Map.of("reason", "不去了"))),
            of("returnOutingPass", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/outing-passes/" + world.newPassOutside(spot) + "/return",
                    Map.of("reason", "电话核实已回家"))),
            of("getOutingCode", Target.HOUSEHOLD, (world, caller, spot) -> Call.get("/outing-passes/" + world.newApprovedPass(spot) + "/code")),
            of("getOutingQr", Target.HOUSEHOLD, (world, caller, spot) -> Call.get("/outing-passes/" + world.newApprovedPass(spot) + "/qr.png?size=200")),
            of("getOutingCard", Target.HOUSEHOLD, (world, caller, spot) -> Call.get("/outing-passes/" + world.newApprovedPass(spot) + "/card")),
            of("revokeOutingCard", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/outing-passes/" + world.newApprovedPass(spot) + "/card/revoke",
                    Map.of("reason", "遗失"))),
            of("waitForSlot", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/outing-slots/" + slot(spot) + "/waiting",
                    Map.of("residentId", world.newWaiter(spot)))),
            own("listWaiting", (world, caller, spot) -> Call.get("/outing-waiting")),
            of("leaveWaiting", Target.HOUSEHOLD, (world, caller, spot) -> new Call("DELETE", "/outing-waiting/" + world.newWaiting(spot, slot(spot)),
                    null, null, Map.of())),
            of("previewPolicy", Target.COMPOUND, (world, caller, spot) -> Call.post("/policy/preview?compoundId=" + spot.compound(),
                    Map.of("values", Map.of("suppliesPassEvery", 3)))),
            of("listControlLevels", Target.COMPOUND, (world, caller, spot) -> Call.get("/control-levels?compoundId=" + spot.compound())),
            of("setControlLevel", Target.COMPOUND, (world, caller, spot) -> Call.put("/control-levels/" + world.buildingOf(spot),
                    Map.of("level", "CONTROLLED", "reason", "邻楼有情况"))),
            own("getBuyer", (world, caller, spot) -> Call.get("/household/buyer")),
            of("nameBuyer", Target.HOUSEHOLD, (world, caller, spot) -> Call.put("/household/buyer", Map.of("residentId", world.newResident(spot)))),
            of("moveOutResident", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/residents/" + world.newResident(spot) + "/move-out", null)),
            // audit
            of("discloseValue", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/disclosures",
                    Map.of("residentId", world.newPatientWithPhone(spot), "field", "PHONE", "reason", "回访未接，核对电话"))),
            own("listMyDisclosures", (world, caller, spot) -> Call.get("/me/disclosures?limit=200")),
            own("listAudit", (world, caller, spot) -> Call.get("/audit?limit=200")),
            of("verifyAudit", Target.COMPOUND, (world, caller, spot) -> Call.get("/audit/verification?compoundId=" + spot.compound())),
            // gate
            own("scanPass", (world, caller, spot) -> Call.post("/gate-scans", world.scan())),
            own("scanPasses", (world, caller, spot) -> Call.post("/gate-scans/batch", Map.of("scans", List.of(world.scan())))),
            own("listGateScans", (world, caller, spot) -> Call.get("/gate-scans?limit=200")),
            own("listMovements", (world, caller, spot) -> Call.get("/movements?limit=200")),
            own("listOutside", (world, caller, spot) -> Call.get("/outside")),
            own("getGateKit", (world, caller, spot) -> Call.get("/gate-kit")),
            own("createVisit", (world, caller, spot) -> Call.post("/visits", world.newVisitor(spot))),
            own("listVisits", (world, caller, spot) -> Call.get("/visits?limit=200")),
            of("findVisit", Target.COMPOUND, (world, caller, spot) -> Call.post("/visits/lookup", Map.of("code", world.newVisit(spot).code()))),
            of("cancelVisit", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/visits/" + world.newVisit(spot).id() + "/cancel", Map.of())),
            of("enterVisit", Target.COMPOUND, (world, caller, spot) -> Call.post("/visits/" + world.newVisit(spot).id() + "/enter",
                    world.arrival())),
            of("leaveVisit", Target.COMPOUND, (world, caller, spot) -> Call.post("/visits/" + world.newVisitInside(spot) + "/leave", world.atGate())),
            of("discloseVisitor", Target.COMPOUND, (world, caller, spot) -> Call.post("/visits/" + world.newVisit(spot).id() + "/disclosures",
                    Map.of("field", "PHONE", "reason", "访客未签出，电话核实"))),
            own("registerWalkIn", (world, caller, spot) -> Call.post("/visits/walk-ins", world.walkIn())),
            own("admitEmergency", (world, caller, spot) -> Call.post("/emergency-entries", Map.of("gateId", world.guardsGate(), "service", "FIRE"))),
            own("listEmergencies", (world, caller, spot) -> Call.get("/emergency-entries?limit=200")),
            of("registerEmergency", Target.COMPOUND, (world, caller, spot) -> Call.post("/emergency-entries/" + world.newEmergency(spot) + "/papers",
                    Map.of("organisation", "消防救援站", "people", 6, "purpose", "火警"))),
            of("leaveEmergency", Target.COMPOUND, (world, caller, spot) -> Call.post("/emergency-entries/" + world.newEmergency(spot) + "/leave",
                    world.atGate())),
            own("getGateTasks", (world, caller, spot) -> Call.get("/gate-tasks")),
            own("listGateConflicts", (world, caller, spot) -> Call.get("/gate-conflicts?open=true&limit=200")),
            of("reviewGateConflict", Target.COMPOUND, (world, caller, spot) -> Call.post("/gate-conflicts/" + world.newConflict(spot) + "/review",
                    Map.of("finding", "EXPLAINED", "note", "两个门同时断网，已电话核实"))),
            // delivery
            own("registerParcel", (world, caller, spot) -> Call.post("/parcels", world.waybill(spot))),
            own("listParcels", (world, caller, spot) -> Call.get("/parcels?limit=200")),
            own("getParcelOverview", (world, caller, spot) -> Call.get("/parcel-overview")),
            of("addParcelPhoto", Target.COMPOUND, (world, caller, spot) -> photo("/parcels/" + world.newParcel(spot) + "/photos")),
            own("getParcelPhoto", (world, caller, spot) -> Call.get("/parcels/" + world.newPhotographedParcel(spot) + "?size=THUMBNAIL")),
            of("bookPickup", Target.HOUSEHOLD, (world, caller, spot) -> Call.put("/parcels/" + world.newParcel(spot) + "/booking",
                    Map.of("slotId", "20261122-1000-" + world.guardsGate()))),
            of("cancelPickup", Target.HOUSEHOLD, (world, caller, spot) -> new Call("DELETE", "/parcels/" + world.newBookedParcel(spot) + "/booking",
                    null, null, Map.of())),
            of("getPickupCode", Target.HOUSEHOLD, (world, caller, spot) -> Call.get("/parcels/" + world.newParcel(spot) + "/pickup-code")),
            of("listPickupSlots", Target.NONE, (world, caller, spot) -> Call.get("/pickup-slots?gateId=" + spot.gate() + "&date=" + DAY)),
            own("findPickup", (world, caller, spot) -> Call.post("/pickups/lookup", world.pickup(spot))),
            own("handOverParcels", (world, caller, spot) -> Call.post("/pickups", world.pickup(spot))),
            own("listCollectors", (world, caller, spot) -> Call.get("/household/collectors")),
            own("nameCollector", (world, caller, spot) -> Call.post("/household/collectors", world.collector(spot))),
            of("withdrawCollector", Target.HOUSEHOLD, (world, caller, spot) -> new Call("DELETE", "/household/collectors/" + world.newCollector(spot),
                    null, null, Map.of())),
            own("listCourierLinks", (world, caller, spot) -> Call.get("/courier-links")),
            own("createCourierLink", (world, caller, spot) -> Call.post("/courier-links", Map.of("gateId", world.guardsGate(), "label", "顺丰",
                    "hours", 2))),
            of("revokeCourierLink", Target.COMPOUND, (world, caller, spot) -> new Call("DELETE", "/courier-links/" + world.newCourierLink(spot), null, null,
                    Map.of())),
            own("getCourierLink", (world, caller, spot) -> Call.get("/courier-link").with("Gate-Link", world.newCourierToken(spot))),
            own("getParcel", (world, caller, spot) -> Call.get("/parcels/" + world.newParcel(spot))),
            of("addParcelEvent", Target.COMPOUND, (world, caller, spot) -> Call.post("/parcels/" + world.newParcel(spot) + "/events",
                    Map.of("event", "RETURN", "note", "拒收"))),
            // ticket
            own("listTicketCategories", (world, caller, spot) -> Call.get("/ticket-categories")),
            own("submitTicket", (world, caller, spot) -> Call.post("/tickets", World.ticket())),
            own("listTickets", (world, caller, spot) -> Call.get("/tickets?limit=200")),
            of("getTicket", Target.HOUSEHOLD, (world, caller, spot) -> Call.get("/tickets/" + world.newTicket(spot))),
            of("moveTicket", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/tickets/" + world.newTicket(spot) + "/events",
                    Map.of("event", caller.me().path("roles").toString().contains("REPAIRMAN") ? "ASSIGN" : "CANCEL", "note", "约好了时间"))),
            of("classifyTicket", Target.HOUSEHOLD, (world, caller, spot) -> Call.put("/tickets/" + world.newTicket(spot) + "/classification",
                    Map.of("category", "DRAIN", "urgency", "URGENT", "reason", "堵了，不是漏水"))),
            of("listTicketRules", Target.COMPOUND, (world, caller, spot) -> Call.get("/ticket-rules?compoundId=" + spot.compound())),
            of("replaceTicketRules", Target.COMPOUND, (world, caller, spot) -> Call.put("/ticket-rules?compoundId=" + spot.compound(), Map.of("items", List.of()))),
            of("listRepairmen", Target.COMPOUND, (world, caller, spot) -> Call.get("/ticket-repairmen?compoundId=" + spot.compound())),
            own("getTicketRoute", (world, caller, spot) -> Call.get("/ticket-route")),
            of("listFollowUps", Target.COMPOUND, (world, caller, spot) -> Call.get("/ticket-follow-ups?month=2026-11&compoundId=" + spot.compound())),
            own("getServiceLevels", (world, caller, spot) -> Call.get("/service-levels/summary?month=2026-11")),
            of("getWorkingCalendar", Target.COMPOUND, (world, caller, spot) -> Call.get("/working-calendar?year=2026&compoundId=" + spot.compound())),
            of("setWorkingDay", Target.COMPOUND, (world, caller, spot) -> Call.put("/working-calendar/2026-12-25?compoundId=" + spot.compound(),
                    Map.of("worked", false, "name", "小区检修"))),
            of("removeWorkingDay", Target.COMPOUND, (world, caller, spot) -> new Call("DELETE",
                    "/working-calendar/" + world.newWorkingDay(spot) + "?compoundId=" + spot.compound(), null, null, Map.of())),
            of("listTicketMessages", Target.HOUSEHOLD, (world, caller, spot) -> Call.get("/tickets/" + world.newTicketFor(caller, spot) + "/messages?limit=200")),
            of("writeTicketMessage", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/tickets/" + world.newTicketFor(caller, spot) + "/messages",
                    Map.of("text", World.name()))),
            of("addTicketPhoto", Target.HOUSEHOLD, (world, caller, spot) -> World.photo("/tickets/" + world.newTicketFor(caller, spot) + "/photos")),
            of("getTicketPhoto", Target.HOUSEHOLD, (world, caller, spot) -> Call.get("/tickets/" + world.newTicketPhoto(spot) + "?size=THUMBNAIL")),
            of("expectWorker", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/tickets/" + world.newTicketFor(caller, spot) + "/workers",
                    Map.of("name", "电梯公司", "phone", ApiServer.phone(), "expectedAt", "2026-11-22T10:00:00+08:00"))),
            of("addTicketNote", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/tickets/" + world.newTicketFor(caller, spot) + "/notes",
                    Map.of("note", "缺一个阀芯", "internal", true))),
            of("handTicketToPolice", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/tickets/" + world.newComplaint(spot) + "/police-record",
                    Map.of("station", World.name()))),
            of("discloseReporter", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/tickets/" + world.newComplaint(spot) + "/reporter",
                    Map.of("reason", "核实噪音情况"))),
            of("discloseReporterPhone", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/tickets/" + world.newTicketFor(caller, spot) + "/phone",
                    Map.of("reason", "上门前约时间"))),
            own("listPublicTickets", (world, caller, spot) -> Call.get("/public-tickets?limit=200")),
            own("listFollowedTickets", (world, caller, spot) -> Call.get("/followed-tickets")),
            own("listNearbyTickets", (world, caller, spot) -> Call.get("/public-tickets/nearby?category=LIGHTING&building=1")),
            of("followTicket", Target.COMPOUND, (world, caller, spot) -> new Call("PUT", "/public-tickets/" + world.newPublicTicket(spot) + "/follow", null, null, Map.of())),
            of("unfollowTicket", Target.COMPOUND, (world, caller, spot) -> new Call("DELETE", "/public-tickets/" + world.newPublicTicket(spot) + "/follow", null, null, Map.of())),
            // door-delivery
            own("listDoorTasks", (world, caller, spot) -> Call.get("/door-tasks?limit=200&done=true")),
            of("getDoorTask", Target.HOUSEHOLD, (world, caller, spot) -> Call.get("/door-tasks/" + world.newDoorTask(spot))),
            of("addDoorTaskEvent", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/door-tasks/" + world.newDoorTask(spot) + "/events",
                    Map.of("event", "TAKE", "note", "我来送"))),
            of("addDoorTaskPhoto", Target.HOUSEHOLD, (world, caller, spot) -> photo("/door-tasks/" + world.newPlacedDoorTask(spot, caller) + "/photo")),
            of("getDoorTaskPhoto", Target.HOUSEHOLD, (world, caller, spot) -> Call.get("/door-tasks/" + world.newShownDoorTask(spot) + "/photo?size=THUMBNAIL")),
            of("deliverParcelToDoor", Target.HOUSEHOLD, (world, caller, spot) -> photo("/parcels/" + world.newParcel(spot) + "/door-delivery")),
            own("getOwnDoor", (world, caller, spot) -> Call.get("/household/door")),
            own("listDoorVolunteers", (world, caller, spot) -> Call.get("/door-volunteers?limit=200")),
            of("nameDoorVolunteer", Target.COMPOUND, (world, caller, spot) -> Call.post("/door-volunteers",
                    Map.of("accountId", world.newGuard(spot).toString(), "from", DAY, "until", DAY))),
            of("endDoorVolunteer", Target.COMPOUND, (world, caller, spot) -> Call.post("/door-volunteers/" + world.newDoorVolunteer(spot) + "/end", null)),
            own("listDoorArrangements", (world, caller, spot) -> Call.get("/door-arrangements?limit=200")),
            of("arrangeDoor", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/door-arrangements",
                    Map.of("householdId", world.withoutArrangement(spot).toString(), "note", "腿脚不便"))),
            of("decideDoorArrangement", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/door-arrangements/" + world.newDoorArrangement(spot) + "/events",
                    Map.of("event", "END", "note", "好了"))),
            of("createPurchase", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/purchases", world.purchase(spot))),
            own("listPurchases", (world, caller, spot) -> Call.get("/purchases?limit=200")),
            of("getPurchase", Target.HOUSEHOLD, (world, caller, spot) -> Call.get("/purchases/" + world.newPurchase(spot))),
            of("addPurchaseEvent", Target.HOUSEHOLD, (world, caller, spot) -> Call.post("/purchases/" + world.newPurchase(spot) + "/events",
                    Map.of("event", "CANCEL", "note", "不用了"))),
            of("rewordPurchase", Target.HOUSEHOLD, (world, caller, spot) -> Call.put("/purchases/" + world.newRefusedPurchase(spot) + "/words",
                    Map.of("items", List.of(Map.of("name", "鸡蛋", "quantity", 1, "unit", "斤")), "note", "要新鲜的"))),
            of("addPurchaseReceipt", Target.HOUSEHOLD, (world, caller, spot) -> photo("/purchases/" + world.newAcceptedPurchase(spot, caller) + "/receipt")),
            of("getPurchaseReceipt", Target.HOUSEHOLD, (world, caller, spot) -> Call.get("/purchases/" + world.newPurchaseWithReceipt(spot) + "/receipt")),
            // monitor, notify
            own("getMonitor", (world, caller, spot) -> Call.get("/monitor?date=" + DAY)),
            own("getCompletion", (world, caller, spot) -> Call.get("/monitor/completion?date=" + DAY)),
            own("getTemperatures", (world, caller, spot) -> Call.get("/monitor/temperatures?to=" + DAY)),
            own("streamMonitor", (world, caller, spot) -> Call.get("/monitor/stream")),
            own("listForms", (world, caller, spot) -> Call.get("/forms?date=" + DAY)),
            own("getForm", (world, caller, spot) -> Call.get("/forms/" + formFor(caller) + ".csv?date=" + DAY)),
            own("listNotifications", (world, caller, spot) -> Call.get("/notifications?limit=200")),
            own("listParkedMessages", (world, caller, spot) -> Call.get("/outbox/parked?limit=200")),
            of("retryParkedMessage", Target.COMPOUND, (world, caller, spot) -> Call.post("/outbox/parked/" + world.newParkedMessage(spot) + "/retry", null)),
            of("dropParkedMessage", Target.COMPOUND, (world, caller, spot) -> Call.post("/outbox/parked/" + world.newParkedMessage(spot) + "/drop", null)),
            own("readNotifications", (world, caller, spot) -> Call.post("/notifications/read", Map.of("upTo", UUID.randomUUID().toString()))),
            of("readNotification", Target.SELF, (world, caller, spot) -> Call.post("/notifications/" + notification(world, caller, spot) + "/read", null)));

    private Samples() {
    }

    static Optional<Sample> of(String operationId) {
        return Optional.ofNullable(ALL.get(operationId));
    }

    static String whatToAdd(String operationId) {
        return "no sample request for " + operationId + ": add one to Samples.ALL, with what it is about (Target) and a valid call";
    }

    private static Map.Entry<String, Sample> own(String operationId, Maker maker) {
        return of(operationId, Target.NONE, maker);
    }

    private static Map.Entry<String, Sample> of(String operationId, Target target, Maker maker) {
        return entry(operationId, new Sample(target, false, maker));
    }

    private static Map.Entry<String, Sample> spending(String operationId, Maker maker) {
        return entry(operationId, new Sample(Target.NONE, true, maker));
    }

    private static Call photo(String path) {
        return new Call("POST", path, World.photoForm(48), World.PHOTO_FORM, Map.of());
    }

    private static Map<String, Object> report(Spot spot) {
        return Map.of("residentId", spot.resident(), "date", DAY, "round", "MORNING", "temperature", 36.5, "symptoms", List.of());
    }

    private static String slot(Spot spot) {
        return "20261122-1000-" + spot.gate();
    }

    private static Map<String, Object> guard(Spot spot) {
        return Map.of("role", "GUARD", "reach", "GATE", "reachId", spot.gate());
    }

    /** One that the caller may fetch; of those who may fetch none, any. */
    private static String formFor(ApiClient caller) {
        var roles = caller.me().path("roles").toString();
        return roles.contains("SUBDISTRICT") ? "daily-summary" : roles.contains("HEALTH_CENTRE") ? "observation-ledger" : "missing-list";
    }

    /** Of nowhere it is as of a compound that nobody has changed. */
    private static String policyVersion(World world, Spot spot) {
        return spot.place() == Place.NOWHERE ? "\"0\""
                : world.officeOf(spot).get("/policy").expect(200).header("ETag").orElseThrow();
    }

    /** The caller's own at their own place, at all others somebody else's. */
    private static UUID notification(World world, ApiClient caller, Spot spot) {
        return switch (spot.place()) {
            case OWN_HOUSEHOLD -> world.newNotification(caller.me());
            case SAME_BUILDING, OTHER_BUILDING, OTHER_COMPOUND -> world.newNotification(world.officeOf(world.spot(Place.OTHER_COMPOUND)).me());
            case NOWHERE -> UUID.randomUUID();
        };
    }
}
