package gatehouse.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the route of a method and path in steps of one segment, literal before parameter; however many routes there are. */
final class RouteTable<R> {
    /** What a path leads to: a route and its parameters, or the methods that it does have, or nothing. */
    sealed interface Match<R> {
        record Found<R>(R route, Map<String, String> parameters) implements Match<R> {
        }

        record OtherMethods<R>(TreeSet<String> methods) implements Match<R> {
        }

        record Nothing<R>() implements Match<R> {
        }
    }

    private static final class Node<R> {
        final Map<String, Node<R>> literal = new HashMap<>();
        @Nullable Node<R> parameter;
        final Map<String, Leaf<R>> byMethod = new HashMap<>();
    }

    private record Leaf<R>(R route, List<String> parameterNames) {
    }

    private final Node<R> root = new Node<>();

    void add(String method, String template, R route) {
        var node = root;
        var names = new ArrayList<String>();
        for (var segment : segments(template)) {
            if (segment.startsWith("{")) {
                names.add(segment.substring(1, segment.length() - 1));
                node.parameter = node.parameter == null ? new Node<>() : node.parameter;
                node = node.parameter;
            } else {
                node = node.literal.computeIfAbsent(segment, nothing -> new Node<>());
            }
        }
        if (node.byMethod.put(method, new Leaf<>(route, List.copyOf(names))) != null) {
            throw new IllegalStateException("two routes for " + method + " " + template);
        }
    }

    Match<R> find(String method, String path) {
        var values = new ArrayList<String>();
        var node = walk(root, segments(path), 0, values);
        if (node == null || node.byMethod.isEmpty()) {
            return new Match.Nothing<>();
        }
        var leaf = node.byMethod.get(method);
        if (leaf == null) {
            return new Match.OtherMethods<>(new TreeSet<>(node.byMethod.keySet()));
        }
        var parameters = new LinkedHashMap<String, String>();
        for (int i = 0; i < values.size(); i++) {
            parameters.put(leaf.parameterNames.get(i), values.get(i));
        }
        return new Match.Found<>(leaf.route, parameters);
    }

    private static <R> @Nullable Node<R> walk(Node<R> node, List<String> segments, int depth, List<String> values) {
        if (depth == segments.size()) {
            return node;
        }
        var segment = segments.get(depth);
        int known = values.size();
        var literal = node.literal.get(segment);
        if (literal != null) {
            var found = walk(literal, segments, depth + 1, values);
            if (found != null && !found.byMethod.isEmpty()) {
                return found;
            }
            values.subList(known, values.size()).clear();
        }
        if (node.parameter == null || segment.isEmpty()) {
            return null;
        }
        values.add(segment);
        var found = walk(node.parameter, segments, depth + 1, values);
        if (found == null) {
            values.subList(known, values.size()).clear();
        }
        return found;
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }
}
