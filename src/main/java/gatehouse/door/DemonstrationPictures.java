package gatehouse.door;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/** The pictures of the demonstration, drawn without letters: not every machine has Chinese ones. */
final class DemonstrationPictures {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 960;

    private DemonstrationPictures() {
    }

    static byte[] parcelAtADoor() {
        return drawn(page -> {
            page.setPaint(new GradientPaint(0, 0, new Color(222, 214, 201), 0, HEIGHT, new Color(196, 187, 173)));
            page.fillRect(0, 0, WIDTH, HEIGHT);
            page.setColor(new Color(120, 116, 110));
            page.fillRect(0, 800, WIDTH, 160);
            page.setColor(new Color(92, 60, 40));
            page.fillRect(190, 90, 400, 710);
            page.setPaint(new GradientPaint(205, 0, new Color(122, 80, 52), 575, 0, new Color(104, 66, 42)));
            page.fillRect(206, 106, 368, 694);
            page.setColor(new Color(92, 60, 40));
            page.setStroke(new BasicStroke(6));
            page.drawRect(250, 160, 280, 250);
            page.drawRect(250, 470, 280, 270);
            page.setColor(new Color(214, 190, 120));
            page.fillRoundRect(528, 446, 26, 70, 12, 12);
            page.setColor(new Color(0, 0, 0, 60));
            page.fillOval(330, 832, 330, 60);
            page.setColor(new Color(188, 140, 88));
            page.fillRect(350, 660, 280, 200);
            page.setColor(new Color(206, 160, 108));
            page.fillRect(350, 640, 280, 34);
            page.setColor(new Color(222, 205, 160));
            page.fillRect(470, 640, 40, 220);
            page.setColor(Color.WHITE);
            page.fillRect(372, 720, 78, 54);
        });
    }

    static byte[] receipt() {
        return drawn(page -> {
            page.setColor(new Color(150, 128, 104));
            page.fillRect(0, 0, WIDTH, HEIGHT);
            page.rotate(Math.toRadians(-2), WIDTH / 2.0, HEIGHT / 2.0);
            page.setColor(new Color(250, 249, 244));
            page.fillRect(170, 90, 380, 780);
            page.setColor(new Color(70, 70, 74));
            page.fillRect(270, 140, 180, 26);
            for (int line = 0; line < 9; line++) {
                page.setColor(new Color(120, 120, 126));
                page.fillRect(210, 230 + line * 48, 120 + (line * 53) % 90, 12);
                page.fillRect(450, 230 + line * 48, 60, 12);
            }
            page.setColor(new Color(70, 70, 74));
            page.fillRect(210, 690, 90, 22);
            page.fillRect(420, 690, 90, 22);
            for (int bar = 0; bar < 34; bar++) {
                page.fillRect(210 + bar * 9, 760, bar % 3 == 0 ? 6 : 3, 70);
            }
        });
    }

    private static byte[] drawn(Consumer<Graphics2D> drawing) {
        var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        var page = image.createGraphics();
        page.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        drawing.accept(page);
        page.dispose();
        var file = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpeg", file);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        return file.toByteArray();
    }
}
