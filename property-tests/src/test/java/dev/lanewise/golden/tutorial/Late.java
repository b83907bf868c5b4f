package dev.lanewise.golden.tutorial;

import dev.lanewise.Tensor;
import dev.lanewise.golden.Unsupported;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/** Calls public methods by name: what the library does not have is reported as not supported, and runs once it has it. */
final class Late {
    private Late() {}

    static Tensor tensor(Object target, String name, Object... arguments) {
        return (Tensor) call(target, name, arguments);
    }

    /** Calls a method of an object, or a static one of a class. */
    static Object call(Object target, String name, Object... arguments) {
        Class<?> owner = target instanceof Class<?> type ? type : target.getClass();
        for (Method method : owner.getMethods()) {
            Object[] fitted = method.getName().equals(name) ? fit(method, arguments) : null;
            if (fitted != null && Modifier.isStatic(method.getModifiers()) == target instanceof Class<?>) {
                return invoke(method, target, fitted);
            }
        }
        throw new Unsupported("there is no " + owner.getSimpleName() + "." + name);
    }

    private static Object invoke(Method method, Object target, Object[] arguments) {
        try {
            // the layers under Tensor are not public, their methods are
            method.setAccessible(true);
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /** The arguments as the method takes them, or null if they do not fit; one array parameter takes the rest. */
    private static Object[] fit(Method method, Object[] arguments) {
        Class<?>[] types = method.getParameterTypes();
        int last = types.length - 1;
        if (method.isVarArgs() ? arguments.length < last : arguments.length != types.length) {
            return null;
        }
        Object[] out = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            boolean rest = method.isVarArgs() && i == last;
            out[i] = rest ? rest(types[i].getComponentType(), arguments, i) : one(types[i], arguments[i]);
            if (out[i] == null) {
                return null;
            }
        }
        return out;
    }

    private static Object rest(Class<?> type, Object[] arguments, int from) {
        Object array = Array.newInstance(type, arguments.length - from);
        for (int i = from; i < arguments.length; i++) {
            Object value = one(type, arguments[i]);
            if (value == null) {
                return null;
            }
            Array.set(array, i - from, value);
        }
        return array;
    }

    private static Object one(Class<?> type, Object value) {
        if (type.isInstance(value)) {
            return value;
        }
        if (value instanceof Integer number) {
            return type == int.class ? value : type == long.class ? (Object) number.longValue() : null;
        }
        boolean isPrimitive = value instanceof Boolean ? type == boolean.class : type == double.class;
        return isPrimitive && (value instanceof Boolean || value instanceof Double) ? value : null;
    }
}
