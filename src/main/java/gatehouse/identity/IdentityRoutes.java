package gatehouse.identity;

import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Identifiers;
import gatehouse.http.Json;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.http.Side;
import gatehouse.identity.IdentityStore.Listed;
import gatehouse.identity.InvitationActions.Issued;
import gatehouse.kernel.Answer;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Problem;
import gatehouse.kernel.Role;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The operations of identity.yaml. */
public final class IdentityRoutes {
    private final IdentityActions actions;
    private final WeChatActions weChat;
    private final InvitationActions invitations;
    private final AccountActions accounts;
    private final DoorCardQr qr;
    private final Supplier<List<Endpoint>> allEndpoints;
    private final Appointments appointments;
    private final SceneRoutes scenes;
    private final PortalLoginRoutes portalLogins;

    IdentityRoutes(IdentityActions actions, WeChatActions weChat, InvitationActions invitations, AccountActions accounts, DoorCardQr qr,
                   Supplier<List<Endpoint>> allEndpoints, Appointments appointments, SceneRoutes scenes, Function<BiFunction<SignedIn, Request, LoggedIn>, PortalLoginRoutes> portalLogins) {
        this.actions = actions;
        this.weChat = weChat;
        this.invitations = invitations;
        this.accounts = accounts;
        this.qr = qr;
        this.allEndpoints = allEndpoints;
        this.appointments = appointments;
        this.scenes = scenes;
        this.portalLogins = portalLogins.apply(this::loggedIn);
    }

    public List<Endpoint> endpoints() {
        var staffing = Allow.only(Role.OFFICE, Role.ADMIN);
        var own = List.of(
                Endpoint.of("logIn", Allow.everyone(), this::logIn),
                Endpoint.of("logInByWeChat", Allow.everyone(), this::logInByWeChat),
                Endpoint.of("bindWeChatByPhone", Allow.everyone(), this::bindWeChatByPhone),
                Endpoint.of("activateAccount", Allow.everyone(), this::activate),
                Endpoint.of("useResetCode", Allow.everyone(), this::useResetCode),
                Endpoint.of("refreshSession", Allow.everyone(), this::refresh),
                Endpoint.of("logOut", Allow.anySession(), this::logOut),
                Endpoint.of("changePassword", Allow.loggedIn(), this::changePassword),
                Endpoint.of("getMe", Allow.anySession(), request -> Reply.ok(me(actions.me(request.caller()), request))),
                Endpoint.of("inviteHousehold", Allow.only(Role.OFFICE, Role.GRID_WORKER, Role.ADMIN), this::invite),
                Endpoint.of("listAccounts", staffing, this::listAccounts),
                Endpoint.of("createAccount", staffing, this::createAccount),
                Endpoint.of("setAccountRoles", staffing, this::setRoles),
                Endpoint.of("disableAccount", staffing, this::disable),
                Endpoint.of("enableAccount", staffing, this::enable),
                Endpoint.of("resetPassword", staffing, this::resetPassword));
        return Stream.of(own, portalLogins.endpoints(), scenes.endpoints()).flatMap(List::stream).toList();
    }

    private record LogIn(String phone, String password) {
    }

    private record Activate(String inviteCode, String name, String phone, @Nullable String password, @Nullable String bindingToken) {
    }

    private record WeChatLogIn(String code, @Nullable String appId) {
    }

    private record BindByPhone(String bindingToken, String code) {
    }

    private record Unbound(String bindingToken, long expiresIn) {
    }

    private record UseReset(String phone, String code, String newPassword) {
    }

    private record ResetView(String code, OffsetDateTime expiresAt) {
    }

    private record Refresh(String refreshToken) {
    }

    private record ChangePassword(String password, String newPassword) {
    }

    private record GrantBody(Role role, Reach reach, String reachId, @Nullable String reachName) {
    }

    private record CreateAccount(String name, String phone, String password, List<GrantBody> grants) {
    }

    private record SetRoles(List<GrantBody> grants) {
    }

    record LoggedIn(String accessToken, long expiresIn, String refreshToken, Me me) {
    }

    record Named(UUID id, String name) {
    }

    record Labelled(UUID id, String label) {
    }

    record Me(UUID id, String name, Set<Role> roles, Named compound, @Nullable Labelled household, @Nullable Named resident,
                      @Nullable List<Named> gates, List<String> permissions) {
    }

    private record Invitation(String inviteCode, OffsetDateTime expiresAt, String qr) {
    }

    private record GrantView(Role role, Reach reach, UUID reachId, @Nullable String reachName) {
    }

    private record AccountView(UUID id, String name, String phone, Named compound, List<GrantView> grants, boolean disabled) {
    }

    private Reply logIn(Request request) {
        var body = request.body(LogIn.class);
        return Reply.ok(loggedIn(actions.logIn(body.phone, body.password, SourceAddress.of(request.clientAddress())), request));
    }

    private Reply logInByWeChat(Request request) {
        var body = request.body(WeChatLogIn.class);
        var arrival = weChat.logIn(Optional.ofNullable(body.appId), body.code, SourceAddress.of(request.clientAddress()));
        return Reply.ok(switch (arrival) {
            case WeChatActions.Arrival.Known(var signedIn) -> loggedIn(signedIn, request);
            case WeChatActions.Arrival.Unbound(var token) -> new Unbound(token, WeChatActions.BINDING_LIFETIME.toSeconds());
        });
    }

    private Reply bindWeChatByPhone(Request request) {
        var body = request.body(BindByPhone.class);
        return Reply.ok(loggedIn(weChat.bindByPhone(body.bindingToken, body.code, SourceAddress.of(request.clientAddress())), request));
    }

    private Reply activate(Request request) {
        var body = request.body(Activate.class);
        if (body.password == null && body.bindingToken == null) {
            throw Problem.badField("/password", FieldFault.REQUIRED);
        }
        var wanted = new InvitationActions.Activation(body.name, InvitationActions.phone(body.phone), Optional.ofNullable(body.password),
                Optional.ofNullable(body.bindingToken));
        var activated = invitations.activate(body.inviteCode, wanted, request.idempotencyKey(), SourceAddress.of(request.clientAddress()));
        var reply = Reply.created(loggedIn(activated.signedIn(), request));
        return activated.replayed() ? reply.header("Idempotent-Replay", "true") : reply;
    }

    private Reply useResetCode(Request request) {
        var body = request.body(UseReset.class);
        return Reply.ok(loggedIn(actions.reset(body.phone, ResetCode.read(body.code), body.newPassword, SourceAddress.of(request.clientAddress())), request));
    }

    private Reply refresh(Request request) {
        return Reply.ok(loggedIn(actions.refresh(request.body(Refresh.class).refreshToken, SourceAddress.of(request.clientAddress())), request));
    }

    private Reply logOut(Request request) {
        actions.logOut(request.caller());
        return Reply.noContent();
    }

    private Reply changePassword(Request request) {
        var body = request.body(ChangePassword.class);
        actions.changePassword(request.caller(), body.password, body.newPassword);
        return Reply.noContent();
    }

    /** What is kept under the key is the invitation without its code; code and picture are made for each answer anew. */
    private Reply invite(Request request) {
        var answer = invitations.invite(request.once((Issued issued) -> Reply.answer(201, issued)), request.scope(), request.pathId("id"),
                request.caller().accountId());
        var issued = Json.readOwn(answer.json(), Issued.class);
        var code = invitations.code(issued);
        var shown = Json.writeText(new Invitation(code.printed(), issued.expiresAt(), qr.dataUrl(code)));
        return Reply.of(new Answer(answer.status(), shown, answer.replayed()));
    }

    private Reply listAccounts(Request request) {
        var page = accounts.list(request.scope(), request.query("q"), request.query("role").map(Role::valueOf), request.page());
        return Reply.ok(Request.withCursor(page.map(IdentityRoutes::view)));
    }

    private Reply createAccount(Request request) {
        var body = request.body(CreateAccount.class);
        var hire = new AccountActions.Hire(body.name, InvitationActions.phone(body.phone), body.password, grants(body.grants));
        return Reply.of(accounts.create(request.once(created -> Reply.answer(201, view(created))), request.caller(), request.scope(), hire));
    }

    private Reply setRoles(Request request) {
        var grants = grants(request.body(SetRoles.class).grants);
        return Reply.ok(view(accounts.setRoles(request.caller(), request.scope(), request.pathId("id"), grants)));
    }

    private Reply disable(Request request) {
        return Reply.ok(view(accounts.disable(request.caller(), request.scope(), request.pathId("id"))));
    }

    private Reply enable(Request request) {
        return Reply.ok(view(accounts.enable(request.caller(), request.scope(), request.pathId("id"))));
    }

    /** What is kept under the key is the reset without its code, which is made for each answer anew. */
    private Reply resetPassword(Request request) {
        var answer = accounts.resetPassword(request.once((AccountActions.Reset reset) -> Reply.answer(201, reset)), request.caller(), request.scope(),
                request.pathId("id"));
        var reset = Json.readOwn(answer.json(), AccountActions.Reset.class);
        var shown = Json.writeText(new ResetView(accounts.code(reset).printed(), reset.expiresAt()));
        return Reply.of(new Answer(answer.status(), shown, answer.replayed()));
    }

    private static List<RoleGrant> grants(List<GrantBody> bodies) {
        var grants = new ArrayList<RoleGrant>();
        for (int i = 0; i < bodies.size(); i++) {
            var body = bodies.get(i);
            var pointer = "/grants/" + i;
            var grant = new RoleGrant(body.role, body.reach,
                    Identifiers.parse(body.reachId).orElseThrow(() -> Problem.badField(pointer + "/reachId", FieldFault.UNKNOWN_PLACE)));
            if (grants.contains(grant)) {
                throw Problem.badField(pointer, FieldFault.REPEATED_ITEMS);
            }
            grants.add(grant);
        }
        return grants;
    }

    LoggedIn loggedIn(SignedIn signedIn, Request request) {
        return new LoggedIn(signedIn.accessToken(), AccessTokens.LIFETIME.toSeconds(), signedIn.refreshToken(), me(signedIn.account(), request));
    }

    /** All roles, so that one side leads to the other, but the permissions of the side that asks. */
    private Me me(Profile account, Request request) {
        var acting = Side.of(account.roles(), request.header(Side.HEADER).orElse(null));
        var gates = account.gates().stream().map(gate -> new Named(gate.id(), gate.name())).toList();
        return new Me(account.id(), account.name(), account.roles(), new Named(account.compound().id(), account.compound().name()),
                account.household().map(it -> new Labelled(it.id(), it.name())).orElse(null),
                account.resident().map(it -> new Named(it.id(), it.name())).orElse(null),
                gates.isEmpty() ? null : gates,
                permissions(acting, appointments.withheld(account.compound().id(), account.id(), acting)));
    }

    private List<String> permissions(Set<Role> roles, Set<String> withheld) {
        return allEndpoints.get().stream().filter(each -> each.allow().needsToken() && each.allow().admits(roles))
                .map(Endpoint::operationId).filter(operation -> !withheld.contains(operation)).sorted().toList();
    }

    private static AccountView view(Listed account) {
        var grants = account.grants().stream().map(each -> new GrantView(each.grant().role(), each.grant().reach(), each.grant().reachId(),
                each.reachName().orElse(null))).toList();
        return new AccountView(account.id(), account.name(), account.phoneMasked(),
                new Named(account.compound().id(), account.compound().name()), grants, account.disabled());
    }
}
