package gatehouse.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** What only the source shows: words, length, promises to do something later. Each rule answers a line per violation. */
final class SourceRules {
    static final int LONGEST_FUNCTION_LINES = 69;
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    private static final Pattern LATER = Pattern.compile("\\b(TODO|FIXME|XXX|HACK)\\b");
    /** Where the product's words live: problems, faults, message templates; the words of tables, relations, policies and forms; made-up people. */
    private static final Set<String> WORDS = Set.of("gatehouse/kernel/ProblemType", "gatehouse/kernel/FieldFault");
    private static final Pattern WORDED = Pattern.compile("gatehouse/(demonstration/.*|notify/\\w*(Template|Message|Notice)\\w*"
            + "|forms/FormWords|\\w+/\\w+Forms|registry/(Relation|HouseholdLabel|ControlLevel|Roster\\w+|Policy\\w+|Table\\w+)|health/RiskListTable|ticket/TicketCategory)");

    /** A source file: its path without {@code .java}, and its text. */
    record Source(String path, String text) {
    }

    private SourceRules() {
    }

    static List<Source> below(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted()
                    .map(file -> new Source(folder.relativize(file).toString().replaceAll("\\.java$", ""), text(file))).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static List<String> longFunctions(List<Source> sources) {
        return scan(sources, (source, found) -> new Visitor(source, found) {
            @Override
            public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
                long lines = lastLine(method) - firstLine(method) + 1;
                if (lines > LONGEST_FUNCTION_LINES) {
                    found.add("%s.%s has %d lines".formatted(source.path(), method.getName(), lines));
                }
                return super.visitMethod(method, nothing);
            }
        });
    }

    static List<String> chineseOutsideItsPlaces(List<Source> sources) {
        var others = sources.stream().filter(source -> !WORDS.contains(source.path()) && !WORDED.matcher(source.path()).matches()).toList();
        return scan(others, (source, found) -> new Visitor(source, found) {
            @Override
            public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void nothing) {
                if (literal.getValue() != null && HAN.matcher(literal.getValue().toString()).find()) {
                    found.add("%s:%d says %s".formatted(source.path(), firstLine(literal), literal.getValue()));
                }
                return super.visitLiteral(literal, nothing);
            }
        });
    }

    static List<String> promises(List<Source> sources) {
        var found = new ArrayList<String>();
        for (var source : sources) {
            var lines = source.text().lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (LATER.matcher(lines.get(i)).find()) {
                    found.add("%s:%d %s".formatted(source.path(), i + 1, lines.get(i).strip()));
                }
            }
        }
        return found;
    }

    private interface Scan {
        Visitor of(Source source, List<String> found);
    }

    private abstract static class Visitor extends TreeScanner<@Nullable Void, @Nullable Void> {
        final Source source;
        final List<String> found;
        private SourcePositions positions;
        private LineMap lines;
        private CompilationUnitTree unit;

        Visitor(Source source, List<String> found) {
            this.source = source;
            this.found = found;
        }

        long firstLine(com.sun.source.tree.Tree tree) {
            return lines.getLineNumber(positions.getStartPosition(unit, tree));
        }

        long lastLine(com.sun.source.tree.Tree tree) {
            return lines.getLineNumber(positions.getEndPosition(unit, tree));
        }
    }

    private static List<String> scan(List<Source> sources, Scan scan) {
        var found = new ArrayList<String>();
        if (sources.isEmpty()) {
            return found;
        }
        var byName = new java.util.HashMap<String, Source>();
        var files = new ArrayList<JavaFileObject>();
        for (var source : sources) {
            var file = new InMemory(source);
            byName.put(file.getName(), source);
            files.add(file);
        }
        var task = (JavacTask) ToolProvider.getSystemJavaCompiler().getTask(null, null, null, List.of("-proc:none"), null, files);
        try {
            for (var unit : task.parse()) {
                var visitor = scan.of(byName.get(unit.getSourceFile().getName()), found);
                visitor.unit = unit;
                visitor.lines = unit.getLineMap();
                visitor.positions = Trees.instance(task).getSourcePositions();
                visitor.scan(unit, null);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return found;
    }

    private static final class InMemory extends SimpleJavaFileObject {
        private final String text;

        InMemory(Source source) {
            super(URI.create("memory:///" + source.path() + ".java"), Kind.SOURCE);
            this.text = source.text();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
