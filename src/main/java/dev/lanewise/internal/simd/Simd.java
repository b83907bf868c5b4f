package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import java.util.Locale;

/**
 * The gate: whether kernels use vectors, how wide, and why not.
 *
 * <p>Decided once, when this class is first used. {@code -Dlanewise.simd=off|128|256|512} forces it;
 * {@code -Dlanewise.warmup=background|eager|off} says when a kernel changes from its scalar to its vector form: when the
 * background thread has seen it compiled (the default), at once, or never. If vectors are off for a reason that the user can
 * change, one line on standard error names the flag.
 */
public final class Simd {
    private static final String WIDTH = "lanewise.simd";
    private static final String WARMUP = "lanewise.warmup";
    private static final int MOST_BITS = 512;
    private static final int LEAST_BITS = 128;

    private static final Decision DECISION = decide(System.getProperty(WIDTH));
    private static final Warmup WARM = warmup(System.getProperty(WARMUP));

    private Simd() {}

    /** When kernels change from their scalar to their vector form. */
    enum Warmup {
        BACKGROUND,
        EAGER,
        OFF
    }

    private record Decision(int bits, String reason) {}

    /** True if kernels use vectors once they are warm. */
    public static boolean isOn() {
        return DECISION.bits != 0;
    }

    /** Why vectors are on or off, as part of a sentence. */
    public static String reason() {
        return DECISION.reason;
    }

    /** The width of vectors in bits; 0 if off. */
    public static int laneBits() {
        return DECISION.bits;
    }

    /** How many elements of a dtype one vector computes; 1 if off. */
    public static int lanes(DType type) {
        return isOn() ? DECISION.bits / computeBits(type) : 1;
    }

    /** Lines for {@code Lanewise.describe()}: on or off and why, lanes per dtype, what is seen of the CPU. */
    public static String describe() {
        StringBuilder text = new StringBuilder("simd: ");
        text.append(isOn() ? "on, " + laneBits() + "-bit vectors (" : "off (")
                .append(reason())
                .append(")\n");
        if (isOn()) {
            text.append("lanes:");
            for (DType type : DType.values()) {
                text.append(' ').append(type.shortName()).append(' ').append(lanes(type));
            }
            text.append("\nwarm-up: ")
                    .append(WARM.name().toLowerCase(Locale.ROOT))
                    .append('\n');
        }
        text.append("cpu: ").append(System.getProperty("os.arch"));
        for (String flag : new String[] {"UseAVX", "UseFMA", "UseSVE", "MaxVectorSize"}) {
            String value = VmFlags.get(flag);
            if (value != null) {
                text.append(", ").append(flag).append(' ').append(value);
            }
        }
        return text.toString();
    }

    static Warmup warmup() {
        return WARM;
    }

    /** Bits of the lanes that a dtype is computed in. */
    private static int computeBits(DType type) {
        return type.byteSize() == 8 ? 64 : 32;
    }

    /** How many elements of a conversion make a vector: what the wider of the types computed in allows. */
    static int castLanes(DType from, DType to) {
        if (from.isFloatingPoint() && to == DType.UINT8) {
            return Math.min(lanes(from), lanes(DType.INT64));
        }
        return Math.min(lanes(from), lanes(to));
    }

    /** One line to the user on standard error. */
    static void tell(String line) {
        System.err.println("lanewise: " + line);
    }

    private static Decision decide(String asked) {
        if ("off".equals(asked)) {
            return new Decision(0, "-D" + WIDTH + "=off");
        }
        int forced = asked == null ? 0 : parse(asked);
        if (!hasModule()) {
            return off("the module jdk.incubator.vector is not there", "add --add-modules jdk.incubator.vector");
        }
        String compiler = missingCompiler();
        if (compiler != null) {
            return off("the optimising compiler C2 is switched off", "remove " + compiler);
        }
        if (!Templates.canRead(Simd.class)) {
            return off("the class files of Lanewise cannot be read as resources", "keep them in the jar");
        }
        int preferred = Math.min(MOST_BITS, LaneShapes.preferredBits());
        if (forced != 0) {
            return new Decision(forced, "-D" + WIDTH + "=" + forced + "; this VM prefers " + preferred);
        }
        if (preferred < LEAST_BITS) {
            return new Decision(0, "this VM compiles vectors of " + preferred + " bits only");
        }
        return new Decision(preferred, "the width this VM prefers");
    }

    private static Decision off(String reason, String remedy) {
        tell("SIMD is off because " + reason + "; " + remedy + " to switch it on.");
        return new Decision(0, reason + "; " + remedy);
    }

    private static int parse(String asked) {
        for (int bits = LEAST_BITS; bits <= MOST_BITS; bits *= 2) {
            if (asked.equals(Integer.toString(bits))) {
                return bits;
            }
        }
        tell("-D" + WIDTH + " must be off, 128, 256 or 512, got '" + asked + "'; using the width this VM prefers.");
        return 0;
    }

    private static Warmup warmup(String asked) {
        if (asked == null) {
            return Warmup.BACKGROUND;
        }
        for (Warmup choice : Warmup.values()) {
            if (choice.name().toLowerCase(Locale.ROOT).equals(asked)) {
                return choice;
            }
        }
        tell("-D" + WARMUP + " must be background, eager or off, got '" + asked + "'; using background.");
        return Warmup.BACKGROUND;
    }

    private static boolean hasModule() {
        try {
            Class.forName("jdk.incubator.vector.Vector", false, Simd.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }

    /** The VM option that keeps C2 away; null if it is there, or if it cannot be told. */
    private static String missingCompiler() {
        String info = System.getProperty("java.vm.info", "");
        if (info.startsWith("interpreted")) {
            return "-Xint";
        }
        if (!info.contains("emulated-client")) {
            return null;
        }
        // asked for the message only: the first question about a flag takes 20-50 ms
        String level = VmFlags.get("TieredStopAtLevel");
        return "4".equals(level)
                ? "-XX:CompilationMode=" + VmFlags.get("CompilationMode")
                : "-XX:TieredStopAtLevel=" + (level == null ? "1" : level);
    }
}
