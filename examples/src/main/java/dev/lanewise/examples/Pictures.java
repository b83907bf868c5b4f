package dev.lanewise.examples;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Writes pictures as PNG files into one directory. */
final class Pictures {
    private final Path directory;
    private final PrintStream out;

    /** Draws and saves pictures. */
    interface Drawing {
        void run() throws IOException;
    }

    Pictures(Path directory, PrintStream out) {
        this.directory = directory;
        this.out = out;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new BadInputException(
                    "pictures: the directory must be one that can be made, got " + directory + " (" + e + ").");
        }
    }

    /** Runs a drawing; where Java has no fonts to draw with, says so and goes on. */
    void draw(Drawing drawing) {
        try {
            drawing.run();
        } catch (IOException e) {
            throw new BadInputException("pictures: " + directory + " must be a directory to write to (" + e + ").");
        } catch (LinkageError | InternalError e) {
            // What java.awt throws where libfreetype, fontconfig or all fonts are missing depends on which it is.
            out.println("No pictures: this Java cannot draw text; install fontconfig and a font, such as Debian's"
                    + " fonts-dejavu-core (" + e + ").");
        }
    }

    /** Saves one picture and prints where. */
    void save(String name, BufferedImage image) throws IOException {
        Path file = directory.resolve(name + ".png");
        ImageIO.write(image, "png", file.toFile());
        out.println("picture: " + file.toAbsolutePath().normalize());
    }
}
