package gatehouse.ticket;

import static gatehouse.kernel.Role.DISPATCHER;
import static gatehouse.kernel.Role.OFFICE;
import static gatehouse.kernel.Role.REPAIRMAN;
import static gatehouse.kernel.Role.RESIDENT;
import static gatehouse.kernel.Role.SUBDISTRICT;

import gatehouse.gate.TicketVisits.Registered;
import gatehouse.gate.TicketVisits.Worker;
import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Json;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.Answer;
import gatehouse.photo.PhotoActions;
import gatehouse.photo.PhotoSize;
import gatehouse.ticket.MailStore.Letter;
import gatehouse.ticket.TicketPhotoStore.Shot;
import gatehouse.ticket.TicketActions.View;
import gatehouse.ticket.TicketRoutes.TicketBody;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes of words about tickets. */
final class MailRoutes {
    private final MailActions actions;

    private final PhotoActions photos;

    MailRoutes(MailActions actions, PhotoActions photos) {
        this.actions = actions;
        this.photos = photos;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("listTicketMessages", Allow.only(RESIDENT, DISPATCHER, REPAIRMAN, OFFICE), this::letters),
                Endpoint.of("writeTicketMessage", Allow.only(RESIDENT, DISPATCHER, REPAIRMAN, OFFICE), this::write),
                Endpoint.of("addTicketPhoto", Allow.only(RESIDENT, DISPATCHER, REPAIRMAN, OFFICE), this::addPhoto),
                Endpoint.of("getTicketPhoto", Allow.only(RESIDENT, DISPATCHER, REPAIRMAN, OFFICE, SUBDISTRICT), this::showPhoto),
                Endpoint.of("expectWorker", Allow.only(DISPATCHER, REPAIRMAN, OFFICE), this::expectWorker),
                Endpoint.of("addTicketNote", Allow.only(DISPATCHER, REPAIRMAN, OFFICE), this::note),
                Endpoint.of("handTicketToPolice", Allow.only(OFFICE), this::police),
                Endpoint.of("discloseReporter", Allow.only(OFFICE), this::disclose),
                Endpoint.of("discloseReporterPhone", Allow.only(DISPATCHER, REPAIRMAN, OFFICE), this::phone));
    }

    record LetterBody(UUID id, MailSide side, String text, OffsetDateTime at) {
        static LetterBody of(Letter letter) {
            return new LetterBody(letter.id(), letter.side(), letter.text(), letter.sentAt());
        }
    }

    record WriteRequest(String text) {
    }

    record NoteRequest(String note, boolean internal) {
    }

    record PoliceRequest(String station, @Nullable String receipt) {
    }

    record DiscloseRequest(String reason) {
    }

    /** Masked, so that no log line shows it by accident. */
    record ReporterBody(@Nullable String name, @Nullable String household, @Nullable String phone) {
        @Override
        public String toString() {
            return "ReporterBody[***]";
        }
    }

    /** Masked like {@link ReporterBody}. */
    record PhoneBody(String value) {
        @Override
        public String toString() {
            return "PhoneBody[***]";
        }
    }

    private Reply phone(Request request) {
        return Reply.ok(new PhoneBody(actions.phone(request.caller(), request.pathId("id"), request.body(DiscloseRequest.class).reason())));
    }

    private Reply letters(Request request) {
        return Reply.ok(Request.withCursor(actions.letters(request.caller(), request.pathId("id"), request.page()).map(LetterBody::of)));
    }

    private Reply write(Request request) {
        return Reply.of(actions.write(request.caller(), request.once(letter -> Reply.answer(201, LetterBody.of(letter))), request.pathId("id"),
                request.body(WriteRequest.class).text()));
    }

    record ShotBody(UUID id, MailSide side, OffsetDateTime at) {
        static ShotBody of(Shot shot) {
            return new ShotBody(shot.id(), shot.side(), shot.addedAt());
        }
    }

    record WorkerRequest(String name, String phone, @Nullable String idNumber, @Nullable String plate, @Nullable String regionCode,
                         OffsetDateTime expectedAt) {
    }

    record WorkerBody(UUID visitId, String code, OffsetDateTime validFrom, OffsetDateTime validUntil) {
        static WorkerBody of(Registered registered, String code) {
            return new WorkerBody(registered.visitId(), code, registered.validFrom(), registered.validUntil());
        }
    }

    /** What is kept under the key is who comes, without the code. */
    private Reply expectWorker(Request request) {
        var asked = request.body(WorkerRequest.class);
        var answer = actions.expectWorker(request.caller(), request.once(registered -> Reply.answer(201, registered)), request.pathId("id"),
                new Worker(asked.name, asked.phone, asked.idNumber, asked.plate, asked.regionCode, asked.expectedAt));
        var registered = Json.readOwn(answer.json(), Registered.class);
        return Reply.of(new Answer(answer.status(), Json.writeText(WorkerBody.of(registered, actions.code(registered))), answer.replayed()));
    }

    private Reply addPhoto(Request request) {
        return Reply.of(actions.addPhoto(request.caller(), request.once(shot -> Reply.answer(201, ShotBody.of(shot))), request.pathId("id"),
                photos.clean(request.file("photo"))));
    }

    private Reply showPhoto(Request request) {
        return actions.showPhoto(request.caller(), request.pathId("id"), request.pathId("photoId"),
                request.query("size").map(PhotoSize::valueOf).orElse(PhotoSize.FULL));
    }

    private Reply note(Request request) {
        var asked = request.body(NoteRequest.class);
        return Reply.of(actions.note(request.caller(), request.once(MailRoutes::ticket), request.pathId("id"), asked.note, asked.internal));
    }

    private Reply police(Request request) {
        var asked = request.body(PoliceRequest.class);
        return Reply.of(actions.handToPolice(request.caller(), request.once(MailRoutes::ticket), request.pathId("id"), asked.station, asked.receipt));
    }

    private static Answer ticket(View view) {
        return Reply.answer(200, TicketBody.of(view, true));
    }

    /** Takes no idempotency key: the answer is kept nowhere, and to be shown it twice is to be shown it twice. */
    private Reply disclose(Request request) {
        var disclosed = actions.disclose(request.caller(), request.pathId("id"), request.body(DiscloseRequest.class).reason());
        return Reply.ok(new ReporterBody(disclosed.name(), disclosed.household(), disclosed.phone()));
    }
}
