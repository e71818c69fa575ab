package gatehouse.delivery;

import static gatehouse.kernel.Role.GUARD;
import static gatehouse.kernel.Role.OFFICE;

import gatehouse.delivery.ParcelRoutes.GateRef;
import gatehouse.http.Allow;
import gatehouse.http.Caller;
import gatehouse.http.Endpoint;
import gatehouse.http.Identifiers;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.identity.SceneKind;
import gatehouse.identity.Scenes;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes of couriers' links. */
final class CourierRoutes {
    /** The header in which a courier's page shows its token. */
    static final String TOKEN = "Gate-Link";

    private final CourierActions actions;
    private final Scenes scenes;
    private final PickupQr qr = new PickupQr();

    CourierRoutes(CourierActions actions, Scenes scenes) {
        this.actions = actions;
        this.scenes = scenes;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("createCourierLink", Allow.only(GUARD, OFFICE), this::make),
                Endpoint.of("listCourierLinks", Allow.only(GUARD, OFFICE), this::list),
                Endpoint.of("revokeCourierLink", Allow.only(GUARD, OFFICE), this::revoke),
                Endpoint.of("drawCourierCode", Allow.only(GUARD, OFFICE), this::draw),
                Endpoint.of("getCourierLink", Allow.everyone(), this::own));
    }

    record CreateLink(@Nullable String gateId, String label, @Nullable Integer hours) {
    }

    /** Without the address where it was just made: no table of answers is to hold its token. */
    record LinkBody(UUID id, GateRef gate, String label, OffsetDateTime madeAt, OffsetDateTime expiresAt, int registered,
                    @Nullable OffsetDateTime lastUsedAt, @Nullable String url, @Nullable String qr) {
        static LinkBody of(CourierLink link, @Nullable String url, @Nullable String qr) {
            return new LinkBody(link.id(), new GateRef(link.gateId(), link.gate()), link.label(), link.madeAt(), link.expiresAt(), link.registered(),
                    link.lastUsedAt(), url, qr);
        }
    }

    private Reply make(Request request) {
        var asked = request.body(CreateLink.class);
        if (asked.label.isBlank()) {
            throw Problem.badField("/label", FieldFault.REQUIRED);
        }
        return Reply.of(actions.make(request.caller(), request.scope(), request.once(link -> Reply.answer(201, LinkBody.of(link, null, null))),
                () -> gate(request.caller(), asked.gateId), asked.label.strip(), asked.hours));
    }

    private static UUID gate(Caller caller, @Nullable String written) {
        if (ParcelActions.isOnlyGuard(caller)) {
            return Duty.gate(caller, written);
        }
        if (written == null) {
            throw Problem.badField("/gateId", FieldFault.REQUIRED);
        }
        return Identifiers.parse(written).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
    }

    private Reply list(Request request) {
        return Reply.ok(new Page<>(actions.list(request.caller(), request.scope()).stream().map(link -> {
            var url = actions.url(link);
            return LinkBody.of(link, url, qr.dataUrl(url));
        }).toList(), null));
    }

    private Reply revoke(Request request) {
        actions.revoke(request.caller(), request.scope(), request.pathId("id"));
        return Reply.noContent();
    }

    private Reply draw(Request request) {
        var link = actions.own(request.caller(), request.scope(), request.pathId("id"));
        return Reply.ok(scenes.draw(SceneKind.COURIER_LINK, link.compoundId(), link.id(), actions.url(link)));
    }

    record OwnLinkBody(String gate, String label, OffsetDateTime expiresAt, int registered) {
    }

    private Reply own(Request request) {
        var link = actions.demand(request.header(TOKEN).orElse(""));
        return Reply.ok(new OwnLinkBody(link.gate(), link.label(), link.expiresAt(), link.registered()));
    }
}
