package dev.lanewise.internal.storage;

import java.util.stream.Collectors;

/** Remembers where storages and scopes were created, if {@code -Dlanewise.scopes=trace} asks for it. */
final class Trace {
    static final boolean ON = "trace".equals(System.getProperty("lanewise.scopes"));

    private static final int FRAMES = 10;

    private Trace() {}

    /** The calling methods outside this class and the allocating ones, innermost first, or null when tracing is off. */
    static String here() {
        if (!ON) {
            return null;
        }
        return StackWalker.getInstance()
                .walk(frames -> frames.dropWhile(frame -> isOwn(frame.getClassName()))
                        .limit(FRAMES)
                        .map(frame -> frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName()
                                + ":" + frame.getLineNumber() + ")")
                        .collect(Collectors.joining(" < ")));
    }

    private static boolean isOwn(String className) {
        return className.equals(Trace.class.getName())
                || className.equals(Storage.class.getName())
                || className.equals(LocalMemory.class.getName())
                || className.equals(StorageScope.class.getName())
                || className.equals("dev.lanewise.Scope");
    }
}
