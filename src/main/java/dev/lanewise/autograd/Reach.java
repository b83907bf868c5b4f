package dev.lanewise.autograd;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;

/** Finds the nodes that lie on a path to one of the wanted nodes, so that the rest is not computed. */
final class Reach {
    private Reach() {}

    /** Adds to {@code needed} every node from {@code root} on that leads to a target; loops are impossible. */
    static void collect(Node root, Set<Node> targets, Set<Node> needed, Map<Node, Boolean> seen) {
        Deque<Node> stack = new ArrayDeque<>();
        stack.push(root);
        while (!stack.isEmpty()) {
            Node node = stack.peek();
            if (seen.get(node) == null) {
                seen.put(node, Boolean.FALSE);
                pushInputs(node, stack, seen);
            } else {
                stack.pop();
                if (leads(node, targets, needed)) {
                    needed.add(node);
                }
            }
        }
    }

    private static void pushInputs(Node node, Deque<Node> stack, Map<Node, Boolean> seen) {
        for (int i = 0; i < node.inputs(); i++) {
            Node next = node.next(i);
            if (next != null && seen.get(next) == null) {
                stack.push(next);
            }
        }
    }

    private static boolean leads(Node node, Set<Node> targets, Set<Node> needed) {
        if (targets.contains(node)) {
            return true;
        }
        for (int i = 0; i < node.inputs(); i++) {
            if (node.next(i) != null && needed.contains(node.next(i))) {
                return true;
            }
        }
        return false;
    }
}
