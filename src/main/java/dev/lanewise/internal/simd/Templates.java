package dev.lanewise.internal.simd;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;

/**
 * Makes instances of hidden copies of classes, so that each copy has profiles and compiled code of its own.
 *
 * <p>One vector loop shared by several ops or dtypes is compiled for all of them at once and then makes a heap object of
 * every vector. A copy of the loop's class per op and dtype, with a copy of the op's class as a constant, does not.
 */
public final class Templates {
    private static final ClassValue<byte[]> BYTES = new ClassValue<>() {
        @Override
        protected byte[] computeValue(Class<?> type) {
            return read(type);
        }
    };

    private Templates() {}

    /** Thrown when a class cannot be copied; the message says why. */
    public static final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * A new instance of a hidden copy of {@code template}, made by its constructor without parameters.
     *
     * @param where full access to the package of the template
     * @param classData what {@code MethodHandles.classData(lookup, "_", type)} gives inside the copy; null for none
     * @param type an interface or class that the template extends
     * @throws Unavailable if the bytes of the class cannot be read, or this VM refuses the copy
     */
    public static <T> T define(Lookup where, Class<?> template, Object classData, Class<T> type) {
        return make(where, template, classData, type, MethodType.methodType(void.class));
    }

    /**
     * A new instance of a hidden copy of {@code template}, made by its constructor with one parameter.
     *
     * @param parameter the declared type of the constructor's parameter
     * @throws Unavailable if the bytes of the class cannot be read, or this VM refuses the copy
     */
    public static <T, P> T defineWith(Lookup where, Class<?> template, Class<P> parameter, P argument, Class<T> type) {
        return make(where, template, null, type, MethodType.methodType(void.class, parameter), argument);
    }

    /**
     * A new instance of a hidden copy of an op's class.
     *
     * @param spec the lanes it is for, from which the copy takes its functions ({@link LaneMath}); null for none
     * @throws Unavailable if the bytes of the class cannot be read, or this VM refuses the copy
     */
    public static <T extends LaneOp> T copyOf(LaneOp op, LaneSpec spec, Class<T> type) {
        return define(op.lookup(), op.getClass(), spec, type);
    }

    /** True if the bytes of a class can be read, as a copy of it needs. */
    static boolean canRead(Class<?> type) {
        return BYTES.get(type).length > 0;
    }

    private static <T> T make(
            Lookup where,
            Class<?> template,
            Object classData,
            Class<T> type,
            MethodType signature,
            Object... arguments) {
        byte[] bytes = BYTES.get(template);
        if (bytes.length == 0) {
            throw new Unavailable(
                    "the bytes of " + template.getName() + " cannot be read; keep the .class files", null);
        }
        try {
            Lookup inside = MethodHandles.privateLookupIn(template, where);
            Lookup copy = classData == null
                    ? inside.defineHiddenClass(bytes, true, Lookup.ClassOption.NESTMATE)
                    : inside.defineHiddenClassWithClassData(bytes, classData, true, Lookup.ClassOption.NESTMATE);
            MethodHandle constructor = copy.findConstructor(copy.lookupClass(), signature);
            return type.cast(constructor.invokeWithArguments(arguments));
        } catch (Throwable e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new Unavailable(
                    "a copy of " + template.getName() + " cannot be made ("
                            + e.getClass().getSimpleName() + ": " + reason + ")",
                    e);
        }
    }

    private static byte[] read(Class<?> type) {
        String name = type.getName();
        try (InputStream in = type.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
            return in == null ? new byte[0] : in.readAllBytes();
        } catch (IOException unreadable) {
            return new byte[0];
        }
    }
}
