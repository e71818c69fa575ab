package gatehouse.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaCodeUnitReference;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import gatehouse.kernel.Statements;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What is read from the compiled classes below a root package; the root is {@code gatehouse}, or that of a bad example. */
final class BytecodeRules {
    /** What each room may use, lowest room first. A room that is not listed may not exist. */
    static final Map<String, Set<String>> ROOMS = Map.ofEntries(
            Map.entry("kernel", Set.of()),
            Map.entry("backup", Set.of("kernel")),
            Map.entry("http", Set.of("kernel")),
            Map.entry("photo", Set.of("kernel", "http")),
            Map.entry("audit", Set.of("kernel", "http")),
            Map.entry("registry", Set.of("kernel", "http", "audit")),
            Map.entry("disclosure", Set.of("kernel", "http", "audit", "registry")),
            Map.entry("identity", Set.of("kernel", "http", "audit", "registry")),
            Map.entry("notify", Set.of("kernel", "http", "audit", "registry", "identity")),
            Map.entry("wording", Set.of("kernel", "http", "identity", "notify")),
            Map.entry("wechat", Set.of("kernel", "http", "registry", "identity", "notify")),
            Map.entry("sms", Set.of("kernel", "http", "registry", "notify")),
            Map.entry("jobs", Set.of("kernel")),
            Map.entry("forms", Set.of("kernel", "http", "audit", "registry", "notify")),
            Map.entry("health", Set.of("kernel", "http", "audit", "disclosure", "registry", "identity", "notify", "jobs", "monitor", "forms")),
            Map.entry("outing", Set.of("kernel", "http", "audit", "registry", "identity", "notify", "monitor", "health")),
            Map.entry("monitor", Set.of("kernel", "http")),
            Map.entry("gate", Set.of("kernel", "http", "audit", "registry", "identity", "notify", "jobs", "monitor", "forms", "health", "outing")),
            Map.entry("delivery", Set.of("kernel", "http", "audit", "registry", "identity", "notify", "jobs", "monitor", "forms", "photo")),
            Map.entry("door", Set.of("kernel", "http", "audit", "registry", "notify", "monitor", "health", "photo", "wording", "delivery")),
            Map.entry("ticket", Set.of("kernel", "http", "audit", "registry", "identity", "notify", "jobs", "monitor", "forms", "disclosure", "gate", "photo", "wording")),
            Map.entry("demonstration", Set.of("kernel", "registry", "identity", "notify", "health")));

    private static final Pattern PURE_JDK = Pattern.compile("java\\.(lang|util|time|math|text)(\\..*)?");
    /** Compares in constant time and touches nothing. */
    private static final String CONSTANT_TIME_COMPARISON = "java.security.MessageDigest";
    private static final Pattern READS_CLOCK = Pattern.compile(
            "java\\.time\\.\\w+\\.now|java\\.time\\.(Clock|InstantSource)\\.(system.*|tick.*)|java\\.lang\\.System\\.currentTimeMillis"
                    + "|java\\.util\\.Date\\.<init>|java\\.util\\.Calendar\\.getInstance");
    private static final Set<String> MAY_READ_CLOCK = Set.of("BusinessClock", "Ids");
    private static final Set<String> MAY_SPEAK_SQL = Set.of("Database", "Migrations", "IdempotencyKeys", "Notifications", "Outbox", "JobRunner");
    private static final Set<String> MAY_SPEAK_JDBC = Set.of("Migrations", "EmbeddedPostgres", "PostgresUrl", "PostgresProcess");
    private static final Pattern EMPTY_NAME = Pattern.compile(".*(Utils?|Helpers?|Managers?|Impl|VO|DTO|Vo|Dto)");

    private final String root;

    BytecodeRules(String root) {
        this.root = root;
    }

    ArchRule policiesArePure() {
        return ArchRuleDefinition.classes().that(named("policies", BytecodeRules::isPolicy))
                .should(dependOnly("know only the JDK's values, the kernel's and their own package's records, enums and sealed types", this::isPureFor));
    }

    ArchRule sqlIsSpokenOnlyInStores() {
        return ArchRuleDefinition.classes().that(named("neither stores nor the kernel's tables", type -> !maySpeakSql(type)))
                .should(notCall("speak SQL", call -> call.getName().equals("sql") && call.getTargetOwner().isAssignableTo(Statements.class)
                        || call.getTargetOwner().getPackageName().startsWith("java.sql")));
    }

    ArchRule timeIsReadOnlyByTheClock() {
        return ArchRuleDefinition.classes().that(named("neither BusinessClock nor Ids", type -> !MAY_READ_CLOCK.contains(topName(type))))
                .should(notCall("read the machine's clock", call -> READS_CLOCK.matcher(call.getTargetOwner().getName() + "." + call.getName()).matches()
                        && !hasClockArgument(call)));
    }

    ArchRule roomsHaveNoCycles() {
        return SlicesRuleDefinition.slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    ArchRule roomsUseOnlyWhatTheTableSays() {
        return ArchRuleDefinition.classes().that(named("in a room", type -> !room(type).isEmpty()))
                .should(dependOnly("use only the rooms that the table allows them", (type, target) -> {
                    var from = room(type);
                    var to = room(target);
                    return to.isEmpty() ? !inRoot(target) : from.equals(to) || ROOMS.getOrDefault(from, Set.of()).contains(to);
                }));
    }

    ArchRule everyRoomIsInTheTable() {
        return ArchRuleDefinition.classes().that(named("in a room", type -> !room(type).isEmpty()))
                .should(condition("be in a room of the table", (type, events) -> {
                    if (!ROOMS.containsKey(room(type))) {
                        events.add(violated(type, "add the room " + room(type) + " to BytecodeRules.ROOMS: " + type.getName()));
                    }
                }));
    }

    ArchRule onlyOneRoomImports(String room, String... libraries) {
        return ArchRuleDefinition.noClasses().that().resideOutsideOfPackage(".." + room + "..")
                .should().dependOnClassesThat().resideInAnyPackage(libraries);
    }

    ArchRule onlyOneClassUses(String used, String user) {
        return ArchRuleDefinition.noClasses().that().haveNameNotMatching(Pattern.quote(used) + "(\\$.*)?").and().doNotHaveFullyQualifiedName(user)
                .should().dependOnClassesThat().haveNameMatching(Pattern.quote(used) + "(\\$.*)?");
    }

    ArchRule namesSaySomething() {
        return ArchRuleDefinition.classes().should(condition("have a name that says what they are", (type, events) -> {
            if (EMPTY_NAME.matcher(type.getSimpleName()).matches()) {
                events.add(violated(type, type.getName() + " says what it is like, not what it is"));
            }
        }));
    }

    ArchRule packagesAreNullMarked() {
        return ArchRuleDefinition.classes().should(condition("live in a package with @NullMarked in its package-info", (type, events) -> {
            if (!type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
                events.add(violated(type, type.getPackageName() + " has no package-info with @NullMarked"));
            }
        }));
    }

    /** The room of a class: the first package below the root; empty for the root itself and for everything outside. */
    String room(JavaClass type) {
        var below = type.getPackageName().startsWith(root + ".") ? type.getPackageName().substring(root.length() + 1) : "";
        return below.split("\\.", 2)[0];
    }

    private boolean inRoot(JavaClass type) {
        return type.getPackageName().equals(root);
    }

    private static boolean isPolicy(JavaClass type) {
        return topName(type).endsWith("Policy") || topName(type).equals("DailySchedule");
    }

    private boolean isPureFor(JavaClass policy, JavaClass target) {
        if (target.isPrimitive() || PURE_JDK.matcher(target.getPackageName()).matches() || target.getPackageName().startsWith("org.jspecify")) {
            return true;
        }
        if (target.getName().equals(CONSTANT_TIME_COMPARISON) || isKernelValue(target)) {
            return true;
        }
        return target.getPackageName().equals(policy.getPackageName())
                && (isPolicy(target) || isValue(target) || target.getEnclosingClass().filter(BytecodeRules::isValue).isPresent());
    }

    /** The words that the whole house shares: roles, scopes, problems' names. */
    private static boolean isKernelValue(JavaClass type) {
        return type.getPackageName().equals("gatehouse.kernel") && (type.isRecord() || type.isEnum());
    }

    private static boolean isValue(JavaClass type) {
        return type.isRecord() || type.isEnum() || type.isInterface() || type.getModifiers().contains(JavaModifier.ABSTRACT) || isValueClass(type);
    }

    /** A record in all but name, for instance one that must not print what it holds. */
    private static boolean isValueClass(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.FINAL) && type.tryGetMethod("equals", Object.class).isPresent()
                && type.getFields().stream().allMatch(field -> field.getModifiers().contains(JavaModifier.FINAL));
    }

    private static boolean maySpeakSql(JavaClass type) {
        return topName(type).endsWith("Store") || MAY_SPEAK_SQL.contains(topName(type)) || MAY_SPEAK_JDBC.contains(topName(type));
    }

    /** {@code Instant.now(clock)} reads the clock that it is given. */
    private static boolean hasClockArgument(JavaCall<?> call) {
        return call.getTarget().getRawParameterTypes().stream()
                .anyMatch(type -> Set.of("java.time.Clock", "java.time.InstantSource").contains(type.getName()))
                || call.getName().equals("<init>") && !call.getTarget().getRawParameterTypes().isEmpty();
    }

    private static String topName(JavaClass type) {
        var top = type;
        while (top.getEnclosingClass().isPresent()) {
            top = top.getEnclosingClass().get();
        }
        return top.getSimpleName();
    }

    private static JavaClass element(JavaClass type) {
        return type.isArray() ? type.getBaseComponentType() : type;
    }

    private static DescribedPredicate<JavaClass> named(String description, Predicate<JavaClass> predicate) {
        return DescribedPredicate.describe(description, predicate);
    }

    private static ArchCondition<JavaClass> dependOnly(String description, BiPredicate<JavaClass, JavaClass> allowed) {
        return condition(description, (type, events) -> type.getDirectDependenciesFromSelf().stream()
                .filter(dependency -> !allowed.test(type, element(dependency.getTargetClass())))
                .map(Dependency::getDescription)
                .forEach(text -> events.add(violated(type, text))));
    }

    private static ArchCondition<JavaClass> notCall(String description, Predicate<JavaCall<?>> forbidden) {
        return condition("not " + description, (type, events) -> type.getAccessesFromSelf().stream()
                .filter(access -> switch (access) {
                    case JavaCall<?> call -> forbidden.test(call);
                    case JavaCodeUnitReference<?> reference -> isForbiddenReference(reference.getTarget().getFullName());
                    default -> false;
                })
                .forEach(access -> events.add(violated(type, access.getDescription()))));
    }

    /** A method reference such as {@code Instant::now}. */
    private static boolean isForbiddenReference(String fullName) {
        return READS_CLOCK.matcher(fullName.substring(0, fullName.indexOf('('))).matches() && fullName.endsWith("()");
    }

    private static ArchCondition<JavaClass> condition(String description, BiConsumer<JavaClass, ConditionEvents> check) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                check.accept(type, events);
            }
        };
    }

    /** The table as people read it, lowest room first. */
    static String table() {
        var lines = ROOMS.entrySet().stream().sorted(Comparator.<Map.Entry<String, Set<String>>>comparingInt(room -> room.getValue().size())
                .thenComparing(Map.Entry::getKey)).map(room -> "  %-14s may use %s".formatted(room.getKey(),
                room.getValue().isEmpty() ? "nothing of the house" : String.join(", ", List.copyOf(new TreeSet<>(room.getValue())))));
        return "Rooms and what they may use:\n" + String.join("\n", lines.toList());
    }
}
