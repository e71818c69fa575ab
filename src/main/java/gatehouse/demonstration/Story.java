package gatehouse.demonstration;

import static gatehouse.health.Round.AFTERNOON;
import static gatehouse.health.Round.MORNING;
import static gatehouse.health.Symptom.DRY_COUGH;
import static gatehouse.health.Symptom.FATIGUE;
import static gatehouse.health.Symptom.FEVER;
import static gatehouse.health.Symptom.SORE_THROAT;
import static gatehouse.registry.IdNumber.Sex.FEMALE;
import static gatehouse.registry.IdNumber.Sex.MALE;
import static gatehouse.registry.Relation.CHILD;
import static gatehouse.registry.Relation.HEAD;
import static gatehouse.registry.Relation.PARENT;
import static gatehouse.registry.Relation.SPOUSE;

import gatehouse.health.Measurement;
import gatehouse.health.Round;
import gatehouse.health.Symptom;
import gatehouse.kernel.Role;
import gatehouse.registry.IdNumber.Sex;
import gatehouse.registry.PhoneNumber;
import gatehouse.registry.PolicyName;
import gatehouse.registry.Relation;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is told on purpose of each compound; the rest of its people and days is left to chance. */
enum Story {
    SUNNY_GARDEN("阳光花园", "阳光社区", List.of("东门", "西门"),
            List.of(new Grid("第一网格", List.of(new Block("1", 2, 6, 2, 3), new Block("2", 2, 6, 2, 4), new Block("3", 2, 18, 2, 3))),
                    new Grid("第二网格", List.of(new Block("4", 2, 12, 2, 5), new Block("5", 2, 12, 2, 9), new Block("6", 2, 6, 2, 4)))),
            List.of(new Staff("赵永强", Role.GUARD, DemonstrationLogin.GUARD), new Staff("孙晓丽", Role.GRID_WORKER, DemonstrationLogin.GRID_WORKER),
                    new Staff("周海燕", Role.GRID_WORKER, 1, phone("13900000112"), false),
                    new Staff("何敏", Role.DISPATCHER, DemonstrationLogin.DISPATCHER), new Staff("马建军", Role.REPAIRMAN, DemonstrationLogin.REPAIRMAN),
                    new Staff("刘慧芳", Role.OFFICE, DemonstrationLogin.OFFICE), new Staff("许文静", Role.HEALTH_CENTRE, DemonstrationLogin.HEALTH_CENTRE),
                    new Staff("高志刚", Role.SUBDISTRICT, DemonstrationLogin.SUBDISTRICT), new Staff("沈立", Role.ADMIN, DemonstrationLogin.ADMINISTRATOR)),
            Map.of("3-2-1402", List.of(new Member("陈志远", MALE, 41, HEAD, DemonstrationLogin.FATHER),
                            new Member("林晓燕", FEMALE, 39, SPOUSE, DemonstrationLogin.MOTHER),
                            new Member("陈德福", MALE, 71, PARENT, null), new Member("陈一诺", FEMALE, 9, CHILD, null)),
                    "1-1-101", List.of(new Member("吴文斌", MALE, 36, HEAD, DemonstrationLogin.NEIGHBOUR),
                            new Member("孙丽", FEMALE, 35, SPOUSE, null), new Member("吴沐辰", MALE, 5, CHILD, null))),
            List.of(new Course("5-1-802", List.of(
                            new Reading(5, MORNING, 378, List.of(FEVER, DRY_COUGH), "昨夜开始咳嗽"),
                            new Reading(5, AFTERNOON, 381, List.of(FEVER, DRY_COUGH, FATIGUE), "已送发热门诊"),
                            new Reading(4, MORNING, 375, List.of(FEVER, DRY_COUGH), "核酸阴性，已回家服药"),
                            new Reading(4, AFTERNOON, 369, List.of(), "退烧"), new Reading(3, MORNING, 367, List.of(), null)),
                            Optional.of(new Closing(3, LocalTime.of(10, 20)))),
                    new Course("2-1-402", List.of(new Reading(0, MORNING, 379, List.of(FEVER, SORE_THROAT), "早起发热，嗓子疼")), Optional.empty())),
            Set.of("1-2-502", "3-1-902", "4-2-1101", "5-1-302", "5-2-601"), Set.of("3-2-1402")),

    LAUREL_COURT("月桂苑", "月桂社区", List.of("南门"),
            List.of(new Grid("第一网格", List.of(new Block("1", 2, 5, 2, 4), new Block("2", 2, 5, 2, 6)))),
            List.of(new Staff("罗春燕", Role.OFFICE, DemonstrationLogin.SECOND_COMPOUND_OFFICE)),
            Map.of("2-1-301", List.of(new Member("郑晓彤", FEMALE, 33, HEAD, DemonstrationLogin.SECOND_COMPOUND_RESIDENT),
                    new Member("田鹏程", MALE, 34, SPOUSE, null))),
            List.of(new Course("1-2-301", List.of(new Reading(3, AFTERNOON, 368, List.of(SORE_THROAT), "嗓子有点疼，在家休息"),
                    new Reading(2, MORNING, 366, List.of(), null)), Optional.of(new Closing(2, LocalTime.of(11, 5))))),
            Set.of("2-2-202"), Set.of("2-1-301"));

    static final String SUBDISTRICT = "青桐街道";

    record Grid(String name, List<Block> blocks) {
    }

    /** A building; {@code missingPercent}: how often its households miss a round. */
    record Block(String number, int units, int floors, int flatsOnAFloor, int missingPercent) {
    }

    /** @param grid the place of a grid worker's grid */
    record Staff(String name, Role role, int grid, PhoneNumber phone, boolean logsIn) {
        Staff(String name, Role role, DemonstrationLogin login) {
            this(name, role, 0, login.phoneNumber(), true);
        }
    }

    record Member(String name, Sex sex, int age, Relation relation, @Nullable DemonstrationLogin login) {
    }

    /** An illness of the first member of a household, and when its alert was closed. */
    record Course(String household, List<Reading> readings, Optional<Closing> closing) {
        Optional<Reading> on(int daysAgo, Round round) {
            return readings.stream().filter(each -> each.daysAgo == daysAgo && each.round == round).findFirst();
        }
    }

    record Reading(int daysAgo, Round round, Measurement measurement) {
        Reading(int daysAgo, Round round, int tenths, List<Symptom> symptoms, @Nullable String note) {
            this(daysAgo, round, new Measurement(tenths, symptoms, note));
        }

        /** By the default policy values: above 37.3 °C, or a listed symptom. */
        boolean isAlerting() {
            return measurement.temperatureTenths() > PolicyName.FEVER_ABOVE.standard() || measurement.symptoms().stream().anyMatch(each -> each != Symptom.OTHER);
        }
    }

    record Closing(int daysAgo, LocalTime at) {
    }

    private final String compound;
    private final String community;
    private final List<String> gates;
    private final List<Grid> grids;
    private final List<Staff> staff;
    private final Map<String, List<Member>> families;
    private final List<Course> courses;
    private final Set<String> silent;
    private final Set<String> openToday;

    Story(String compound, String community, List<String> gates, List<Grid> grids, List<Staff> staff, Map<String, List<Member>> families,
          List<Course> courses, Set<String> silent, Set<String> openToday) {
        this.compound = compound;
        this.community = community;
        this.gates = gates;
        this.grids = grids;
        this.staff = staff;
        this.families = families;
        this.courses = courses;
        this.silent = silent;
        this.openToday = openToday;
    }

    String compound() {
        return compound;
    }

    String community() {
        return community;
    }

    List<String> gates() {
        return gates;
    }

    List<Grid> grids() {
        return grids;
    }

    List<Staff> staff() {
        return staff;
    }

    /** Families that are told of, by their households' labels. */
    Map<String, List<Member>> families() {
        return families;
    }

    Optional<Course> courseOf(String household) {
        return courses.stream().filter(each -> each.household.equals(household)).findFirst();
    }

    /** Nothing was heard of these since yesterday morning: they belong on the call list. */
    boolean isSilent(String household) {
        return silent.contains(household);
    }

    /** Their reports of today are left to whoever looks at the demonstration. */
    boolean isOpenToday(String household) {
        return openToday.contains(household);
    }

    private static PhoneNumber phone(String digits) {
        return PhoneNumber.parse(digits).toOptional().orElseThrow();
    }
}
