package dev.lanewise.internal.storage;

import java.lang.ref.PhantomReference;
import java.util.function.Consumer;

/**
 * Memory that somebody holds: a phantom reference to the holder, and how to give the memory back.
 *
 * <p>A claim is released once: by closing the holder, by its scope, or by {@link #sweep} after the collector found the
 * holder unreachable. Until then it hangs in one of a few lists, chosen by thread, so that the collector keeps it.
 * There is no reference queue: a thread of the JDK fills it, with a lock and a signal per reference, and that nearly
 * doubled the measured cost of a 4 KB storage. To walk the lists after a collection costs a few nanoseconds each.
 */
abstract class Claim extends PhantomReference<Object> {
    private static final Root[] ROOTS = new Root[16];

    /** Cleared by the next collection of whatever kind. */
    private static volatile PhantomReference<Object> sentinel = newSentinel();

    static {
        for (int i = 0; i < ROOTS.length; i++) {
            ROOTS[i] = new Root();
        }
    }

    /** The scope that releases this claim when it closes, or null; written by that scope's thread only. */
    StorageScope scope;

    private final Root root;
    private Claim previous;
    private Claim next;
    private volatile boolean held;

    Claim(Object holder) {
        super(holder, null);
        root = ROOTS[(int) Thread.currentThread().threadId() & (ROOTS.length - 1)];
    }

    private static PhantomReference<Object> newSentinel() {
        return new PhantomReference<>(new Object(), null);
    }

    /** Gives the memory back; called once. */
    abstract void giveBack();

    /** Makes the claim effective; nothing is given back without this. */
    final void hold() {
        root.add(this);
    }

    /** Gives the memory back unless that has happened already. */
    final void release() {
        if (root.remove(this)) {
            clear();
            giveBack();
        }
    }

    final boolean isHeld() {
        return held;
    }

    /** Makes a scope, or with null the collector alone, responsible for this claim. */
    final void moveTo(StorageScope target) {
        scope = target;
        if (target != null) {
            target.adopt(this);
        }
    }

    /** True if there was a collection since the last sweep. */
    static boolean isSweepDue() {
        return sentinel.refersTo(null);
    }

    /** Takes back everything whose holder the collector has found unreachable. */
    static void sweep() {
        // Before the walk, so that a collection during it makes the next sweep due.
        sentinel = newSentinel();
        for (Root root : ROOTS) {
            Claim claim = root.removeUnreachable();
            while (claim != null) {
                Claim following = claim.next;
                claim.next = null;
                claim.giveBack();
                claim = following;
            }
        }
    }

    /** Shows every claim that is held now to the given action. */
    static void forEach(Consumer<Claim> action) {
        for (Root root : ROOTS) {
            root.forEach(action);
        }
    }

    /** A doubly linked list of claims behind one lock. */
    private static final class Root {
        private Claim first;

        synchronized void add(Claim claim) {
            claim.held = true;
            claim.next = first;
            if (first != null) {
                first.previous = claim;
            }
            first = claim;
        }

        synchronized boolean remove(Claim claim) {
            if (!claim.held) {
                return false;
            }
            unlink(claim);
            return true;
        }

        /** Removes all claims without a holder and returns them, linked by next. */
        synchronized Claim removeUnreachable() {
            Claim found = null;
            Claim claim = first;
            while (claim != null) {
                Claim following = claim.next;
                if (claim.refersTo(null)) {
                    unlink(claim);
                    claim.next = found;
                    found = claim;
                }
                claim = following;
            }
            return found;
        }

        synchronized void forEach(Consumer<Claim> action) {
            for (Claim claim = first; claim != null; claim = claim.next) {
                action.accept(claim);
            }
        }

        private void unlink(Claim claim) {
            claim.held = false;
            if (claim.previous == null) {
                first = claim.next;
            } else {
                claim.previous.next = claim.next;
            }
            if (claim.next != null) {
                claim.next.previous = claim.previous;
            }
            claim.previous = null;
            claim.next = null;
        }
    }
}
