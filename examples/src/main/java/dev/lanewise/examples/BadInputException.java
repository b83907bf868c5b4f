package dev.lanewise.examples;

/** Input from the user that cannot be used; the message is one line for the user. */
final class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadInputException(String message) {
        super(message);
    }

    BadInputException(RuntimeException cause) {
        super(cause.getMessage(), cause);
    }
}
