package dev.lanewise.golden.tutorial;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** All snippets by their recorded ids. */
public final class Tutorial {
    private Tutorial() {}

    /** New snippets: those that go on with the variables of another share them. */
    public static Map<String, Consumer<Steps>> snippets() {
        Map<String, Consumer<Steps>> all = new HashMap<>(Section2.snippets());
        all.putAll(Section3.snippets());
        all.putAll(Section4.snippets());
        all.putAll(Section6.snippets());
        all.putAll(Section9.snippets());
        all.putAll(Section10.snippets());
        return all;
    }
}
