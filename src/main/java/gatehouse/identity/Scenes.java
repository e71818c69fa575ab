package gatehouse.identity;

import gatehouse.identity.SceneStore.Thing;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRing;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Codes that open the mini program at a thing. A scene is at most 32 characters that tell nothing to who has no key; drawn again it is the same,
 * and it is good for as long as the thing that it stands for.
 */
public final class Scenes {
    private static final int LENGTH = 32;
    private static final int SIZE_PIXELS = 480;

    private final Database database;
    private final BusinessClock clock;
    private final KeyRing keys;
    private final MiniPrograms programs;

    Scenes(Database database, BusinessClock clock, KeyRing keys, MiniPrograms programs) {
        this.database = database;
        this.clock = clock;
        this.keys = keys;
        this.programs = programs;
    }

    /** {@code qr}: a data URL; of an ordinary code with a link to the portal where WeChat draws none. As the API shows it. */
    public record Drawn(String scene, String qr, PictureKind picture) {
        @Override
        public String toString() {
            return "Drawn[" + picture + "]";
        }
    }

    /** The code of a thing; {@code link}: where the portal has it. Waits for WeChat at most for seconds. */
    public Drawn draw(SceneKind kind, UUID compound, UUID thing, String link) {
        var proof = KeyRing.hmac(keys.derive(keys.currentId(), KeyPurpose.SCENE), (kind + "/" + compound + "/" + thing).getBytes(StandardCharsets.US_ASCII));
        var scene = (kind.mark() + Base64.getUrlEncoder().withoutPadding().encodeToString(proof)).substring(0, LENGTH);
        database.transact(tx -> {
            SceneStore.keep(tx, hash(scene), new Thing(kind, compound, thing), clock.now());
            return scene;
        });
        return drawn(scene, link);
    }

    /** The code of a household's invitation, which is its own scene: as secret, as good and as long. */
    Drawn draw(InvitationCode code, String link) {
        return drawn(SceneKind.DOOR_CARD.mark() + code.characters(), link);
    }

    private Drawn drawn(String scene, String link) {
        return programs.picture(scene).map(picture -> new Drawn(scene, QrPicture.dataUrl(picture), PictureKind.MINI_PROGRAM))
                .orElseGet(() -> new Drawn(scene, QrPicture.dataUrl(link, SIZE_PIXELS), PictureKind.LINK));
    }

    Optional<Thing> find(String scene) {
        return SceneStore.find(database, hash(scene));
    }

    private byte[] hash(String scene) {
        return keys.searchHash(KeyPurpose.SCENE_SEARCH, scene);
    }
}
