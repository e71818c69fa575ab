package gatehouse.outing;

import static gatehouse.kernel.Role.GRID_WORKER;
import static gatehouse.kernel.Role.OFFICE;
import static gatehouse.kernel.Role.RESIDENT;

import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.outing.OutingRoutes.PassBody;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** The routes of pass codes: on a screen, as a picture, on paper. */
final class CodeRoutes {
    private static final int DEFAULT_PIXELS = 480;

    private final OutingActions actions;
    private final PassCodes codes;
    private final PassPictures pictures;

    CodeRoutes(OutingActions actions, PassCodes codes, PassPictures pictures) {
        this.actions = actions;
        this.codes = codes;
        this.pictures = pictures;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("getOutingCode", Allow.only(RESIDENT), this::code),
                Endpoint.of("getOutingQr", Allow.only(RESIDENT, GRID_WORKER, OFFICE), this::qr),
                Endpoint.of("getOutingCard", Allow.only(RESIDENT, GRID_WORKER, OFFICE), this::card),
                Endpoint.of("revokeOutingCard", Allow.only(RESIDENT, GRID_WORKER, OFFICE), this::revokeCard));
    }

    record CodeBody(String code, String typed, OffsetDateTime expiresAt, OffsetDateTime now, PassColour colour) {
    }

    private Reply code(Request request) {
        var pass = actions.live(request.scope(), request.pathId("id")).pass();
        var now = actions.now();
        return Reply.ok(new CodeBody(codes.shown(pass.codeNumber(), now), codes.typed(pass.codeNumber(), now), PassCodes.changesAt(now), now,
                pass.colour()));
    }

    private Reply qr(Request request) {
        var pass = actions.live(request.scope(), request.pathId("id")).pass();
        var code = request.queryFlag("card") ? codes.printed(pass.codeNumber(), pass.cardSerial()) : codes.shown(pass.codeNumber(), actions.now());
        return Reply.bytes("image/png", pictures.png(code, request.query("size").map(Integer::parseInt).orElse(DEFAULT_PIXELS)));
    }

    private Reply card(Request request) {
        var named = actions.live(request.scope(), request.pathId("id"));
        var pass = named.pass();
        var qr = pictures.png(codes.printed(pass.codeNumber(), pass.cardSerial()), DEFAULT_PIXELS);
        return Reply.bytes("text/html; charset=utf-8",
                PassCard.html(pass, Optional.ofNullable(named.gate()).orElse(""), qr).getBytes(StandardCharsets.UTF_8));
    }

    private Reply revokeCard(Request request) {
        return Reply.of(actions.revokeCard(request.caller(), request.scope(), request.pathId("id"),
                request.once(view -> Reply.answer(200, PassBody.of(view, null)))));
    }
}
