package dev.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;

/** Checks on pictures. */
final class Images {
    private Images() {}

    /** Reads a picture and checks that it has a size (0 for any) and something drawn on it. */
    static void check(Path directory, String name, int width, int height) throws IOException {
        BufferedImage image = ImageIO.read(directory.resolve(name + ".png").toFile());
        assertNotNull(image, name);
        if (width > 0) {
            assertEquals(width, image.getWidth(), name);
            assertEquals(height, image.getHeight(), name);
        }
        checkDrawn(image, name);
    }

    /** Checks that there are several colours on a picture. */
    static void checkDrawn(BufferedImage image, String name) {
        Set<Integer> colours = new HashSet<>();
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                colours.add(image.getRGB(x, y));
            }
        }
        assertTrue(colours.size() > 4, name + " has " + colours.size() + " colours");
    }
}
