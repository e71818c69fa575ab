package gatehouse.identity;

import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The operations of scene.yaml but the courier's, which is drawn where links are kept. */
final class SceneRoutes {
    private final Database database;
    private final Scenes scenes;
    private final InvitationActions invitations;
    private final CourierScenes couriers;
    private final Supplier<URI> publicUrl;

    SceneRoutes(Database database, Scenes scenes, InvitationActions invitations, CourierScenes couriers, Supplier<URI> publicUrl) {
        this.database = database;
        this.scenes = scenes;
        this.invitations = invitations;
        this.couriers = couriers;
        this.publicUrl = publicUrl;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("resolveScene", Allow.everyone(), this::resolve),
                Endpoint.of("drawGateCode", Allow.only(Role.OFFICE, Role.ADMIN), this::gate),
                Endpoint.of("drawDoorCardCode", Allow.only(Role.OFFICE, Role.GRID_WORKER, Role.ADMIN), this::doorCard));
    }

    private record Shown(String scene) {
    }

    private record DoorCard(String inviteCode) {
    }

    private record Named(UUID id, String name) {
    }

    private record Resolved(SceneKind kind, @Nullable Named compound, @Nullable Named gate, @Nullable String inviteCode,
                            CourierScenes.@Nullable Link link) {
    }

    private Reply resolve(Request request) {
        var scene = request.body(Shown.class).scene;
        if (SceneKind.PORTAL_LOGIN.marks(scene)) {
            // who asks for more says so by scanning it, logged in
            return Reply.ok(new Resolved(SceneKind.PORTAL_LOGIN, null, null, null, null));
        }
        if (SceneKind.DOOR_CARD.marks(scene)) {
            var open = invitations.openCode(scene.substring(1), SourceAddress.of(request.clientAddress()));
            return Reply.ok(new Resolved(SceneKind.DOOR_CARD, null, null, open.map(InvitationCode::printed).orElse(null), null));
        }
        var thing = scenes.find(scene).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        return Reply.ok(switch (thing.kind()) {
            case GATE -> {
                var gate = SceneStore.gate(database, thing.compoundId(), thing.id()).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
                yield new Resolved(SceneKind.GATE, new Named(gate.compoundId(), gate.compound()), new Named(gate.id(), gate.name()), null, null);
            }
            case COURIER_LINK -> new Resolved(SceneKind.COURIER_LINK, null, null, null,
                    couriers.good(thing.compoundId(), thing.id()).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND)));
            case DOOR_CARD, PORTAL_LOGIN -> throw new IllegalStateException("the directory keeps none of these");
        });
    }

    private Reply gate(Request request) {
        var gate = request.pathId("id");
        var compound = SceneStore.compoundOfGate(database, request.scope(), gate).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        return Reply.ok(scenes.draw(SceneKind.GATE, compound, gate, publicUrl.get() + "/resident/#/outing?gate=" + gate));
    }

    private Reply doorCard(Request request) {
        var code = InvitationCode.read(request.body(DoorCard.class).inviteCode)
                .orElseThrow(() -> Problem.badField("/inviteCode", FieldFault.WRONG_FORMAT, "ABCD-EFGH-JKMN"));
        return Reply.ok(scenes.draw(code, new DoorCardQr(publicUrl).link(code)));
    }
}
