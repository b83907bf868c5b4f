package dev.lanewise.io;

import java.io.IOException;

/** A rule that the content of a file breaks, as a clause without the full stop. */
final class MalformedFileException extends IOException {
    private static final long serialVersionUID = 1;

    MalformedFileException(String rule) {
        super(rule);
    }
}
