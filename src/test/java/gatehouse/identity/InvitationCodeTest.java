package gatehouse.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvitationCodeTest {
    @ParameterizedTest
    @ValueSource(strings = {"A0C1-EFGH-JKMN", "a0c1efghjkmn", " AOCI-EFGH-JKMN ", "aocl efgh jkmn", "Ａ０Ｃ１－ＥＦＧＨ－ＪＫＭＮ", "A0C1–EFGH—JKMN"})
    void read_howeverItIsTyped_isTheSameCode(String written) {
        assertEquals(Optional.of(new InvitationCode("A0C1EFGHJKMN")), InvitationCode.read(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A0C1-EFGH-JKM", "A0C1-EFGH-JKMNP", "A0C1-EFGH-JKMU", "邀请码", "A0C1EFGHJKM!"})
    void read_whatCannotBeACode_isNothing(String written) {
        assertEquals(Optional.empty(), InvitationCode.read(written));
    }

    @Test
    void of_sameInvitation_isTheSameCodeAndOthersDiffer() {
        var ring = IdentityGiven.keys("k1", "k0");
        var id = new UUID(3, 4);
        assertEquals(InvitationCode.of(ring, "k1", id), InvitationCode.of(ring, "k1", id));
        assertEquals(Optional.empty(), InvitationCode.of(ring, "gone", id));
        var seen = new HashSet<String>();
        for (int i = 0; i < 10_000; i++) {
            var code = InvitationCode.of(ring, "k1", new UUID(i, 7)).orElseThrow();
            assertTrue(seen.add(code.characters()));
            assertEquals(Optional.of(code), InvitationCode.read(code.printed()));
        }
        var perPlace = new HashSet<Integer>();
        for (int place = 0; place < 12; place++) {
            int at = place;
            perPlace.add((int) seen.stream().map(code -> code.charAt(at)).distinct().count());
        }
        assertEquals(java.util.Set.of(32), perPlace, "every place uses the whole alphabet");
    }

    @Test
    void dataUrl_readByAScanner_leadsToTheActivationPage() throws Exception {
        var url = new DoorCardQr(() -> URI.create("https://men.example.cn")).dataUrl(new InvitationCode("A0C1EFGHJKMN"));
        var png = Base64.getDecoder().decode(url.substring("data:image/png;base64,".length()));
        var picture = ImageIO.read(new ByteArrayInputStream(png));
        var read = new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(new BufferedImageLuminanceSource(picture))));
        assertEquals("https://men.example.cn/resident/#/activate?code=A0C1-EFGH-JKMN", read.getText());
    }
}
