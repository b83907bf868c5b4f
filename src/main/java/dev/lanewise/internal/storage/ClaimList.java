package dev.lanewise.internal.storage;

import java.util.Arrays;

/** The claims of one scope; forgets those that were released or moved away before it grows. */
final class ClaimList {
    private final StorageScope scope;
    private Claim[] claims = new Claim[16];
    private int size;

    ClaimList(StorageScope scope) {
        this.scope = scope;
    }

    void add(Claim claim) {
        if (size == claims.length) {
            makeRoom();
        }
        claims[size++] = claim;
    }

    int size() {
        return size;
    }

    /** The claim at a position, or null if the scope is not responsible for it any more. */
    Claim get(int position) {
        Claim claim = claims[position];
        return claim.scope == scope && claim.isHeld() ? claim : null;
    }

    private void makeRoom() {
        int left = 0;
        for (int i = 0; i < size; i++) {
            Claim claim = get(i);
            if (claim != null) {
                claims[left++] = claim;
            }
        }
        Arrays.fill(claims, left, size, null);
        size = left;
        if (size > claims.length / 2) {
            claims = Arrays.copyOf(claims, 2 * claims.length);
        }
    }
}
