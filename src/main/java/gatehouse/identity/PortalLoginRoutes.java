package gatehouse.identity;

import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.identity.PortalLoginActions.Progress;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The operations of portal-login.yaml. */
final class PortalLoginRoutes {
    private static final int SIZE_PIXELS = 280;

    private final PortalLoginActions actions;
    private final MiniPrograms programs;
    private final Supplier<URI> publicUrl;
    private final BiFunction<SignedIn, Request, IdentityRoutes.LoggedIn> loggedIn;

    PortalLoginRoutes(PortalLoginActions actions, MiniPrograms programs, Supplier<URI> publicUrl, BiFunction<SignedIn, Request, IdentityRoutes.LoggedIn> loggedIn) {
        this.actions = actions;
        this.programs = programs;
        this.publicUrl = publicUrl;
        this.loggedIn = loggedIn;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("startPortalLogin", Allow.everyone(), this::start),
                Endpoint.of("pollPortalLogin", Allow.everyone(), this::poll),
                Endpoint.of("scanPortalLogin", Allow.loggedIn(), this::scan),
                Endpoint.of("confirmPortalLogin", Allow.loggedIn(), this::confirm),
                Endpoint.of("refusePortalLogin", Allow.loggedIn(), this::refuse));
    }

    private record Start(Portal portal) {
    }

    private record Poll(String secret) {
    }

    private record Scene(String scene) {
    }

    private record Confirm(String scene, int number) {
    }

    private record StartedView(String secret, String scene, int number, String qr, PictureKind picture, long expiresIn) {
    }

    private record ProgressView(PortalLoginState state, long expiresIn, IdentityRoutes.@Nullable LoggedIn login) {
    }

    private record ScannedView(Portal portal, BrowserKind browser, SystemKind system, boolean sameNetwork, OffsetDateTime askedAt,
                               List<Integer> numbers, long expiresIn) {
    }

    private Reply start(Request request) {
        var opened = actions.open(request.body(Start.class).portal, request.header("User-Agent").orElse(""), SourceAddress.of(request.clientAddress()));
        var ofWeChat = programs.picture(opened.scene());
        return Reply.ok(new StartedView(opened.secret(), opened.scene(), opened.number(),
                ofWeChat.map(QrPicture::dataUrl).orElseGet(() -> QrPicture.dataUrl(link(opened.scene()), SIZE_PIXELS)),
                ofWeChat.isPresent() ? PictureKind.MINI_PROGRAM : PictureKind.LINK, PortalLoginPolicy.LIFETIME.toSeconds()));
    }

    /** The scene stands behind the # and so in no log. */
    private String link(String scene) {
        return publicUrl.get() + "/resident/#/phone-login?scene=" + scene;
    }

    private Reply poll(Request request) {
        Progress progress = actions.poll(request.body(Poll.class).secret);
        return Reply.ok(new ProgressView(progress.state(), progress.left().toSeconds(), progress.signedIn().map(signedIn -> loggedIn.apply(signedIn, request)).orElse(null)));
    }

    private Reply scan(Request request) {
        var scanned = actions.scan(request.caller(), request.body(Scene.class).scene, SourceAddress.of(request.clientAddress()));
        var asking = scanned.asking();
        return Reply.ok(new ScannedView(asking.portal(), asking.browser(), asking.system(), scanned.sameNetwork(), asking.askedAt(),
                asking.numbers(), scanned.left().toSeconds()));
    }

    private Reply confirm(Request request) {
        var body = request.body(Confirm.class);
        actions.confirm(request.caller(), body.scene, body.number);
        return Reply.noContent();
    }

    private Reply refuse(Request request) {
        actions.refuse(request.caller(), request.body(Scene.class).scene);
        return Reply.noContent();
    }
}
