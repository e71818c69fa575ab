package gatehouse.registry;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which lines of a roster may enter the registry. Pure: no clock, no database. */
final class RosterPolicy {

    static final int CELL_CHARACTERS_MAX = 200;
    private static final int NAME_CHARACTERS_MAX = 50;
    private static final int EARLIEST_BIRTH_YEAR = 1900;
    private static final Pattern NAME = Pattern.compile("(?=.*\\p{L})[\\p{L}\\p{M}0-9 ·•・.'’()-]+");

    private RosterPolicy() {}

    /**
     * Every line whose phone or ID number can be read claims it, accepted or not: which of two doubtful lines is right is for
     * the office to say, and correcting the first must not make the second wrong.
     */
    static RosterJudgement judge(List<RosterRow> rows, LocalDate today) {
        var accepted = new ArrayList<RosterLine>();
        var rejected = new ArrayList<RosterRejection>();
        var claims = new Claims();
        for (RosterRow row : rows) {
            var reading = new Reading(row, today);
            Optional<RosterLine> line = reading.line();
            claims.check(reading);
            if (reading.faults.isEmpty()) {
                accepted.add(line.orElseThrow());
            } else {
                rejected.addAll(reading.faults);
            }
        }
        return new RosterJudgement(List.copyOf(accepted), List.copyOf(rejected));
    }

    /** One row on its way to a line, collecting every fault so that the office corrects a line once. */
    private static final class Reading {
        final RosterRow row;
        final List<RosterRejection> faults = new ArrayList<>();
        Optional<HouseholdLabel> household = Optional.empty();
        Optional<String> name = Optional.empty();
        Optional<PhoneNumber> phone = Optional.empty();
        Optional<IdNumber> idNumber = Optional.empty();
        Optional<LocalDate> bornOn = Optional.empty();
        private final LocalDate today;

        Reading(RosterRow row, LocalDate today) {
            this.row = row;
            this.today = today;
        }

        Optional<RosterLine> line() {
            if (row.brokenAt().isPresent()) {
                fault(row.brokenAt().get(), RosterFault.OPEN_QUOTE, row.brokenAt().get());
                return Optional.empty();
            }
            row.strayColumns().forEach(letters -> fault(letters, RosterFault.NO_HEADING, letters));
            var building = required(RosterColumn.BUILDING, HouseholdLabel::parseBuilding);
            var unit = required(RosterColumn.UNIT, HouseholdLabel::parseUnit);
            var room = required(RosterColumn.ROOM, HouseholdLabel::parseRoom);
            if (building.isPresent() && unit.isPresent() && room.isPresent()) {
                household = taken(RosterColumn.ROOM, HouseholdLabel.of(building.get(), unit.get(), room.get()));
            }
            name = required(RosterColumn.NAME, RosterPolicy::parseName);
            phone = optional(RosterColumn.PHONE, PhoneNumber::parse);
            idNumber = optional(RosterColumn.ID_NUMBER, written -> IdNumber.parse(written, today));
            var relation = optional(RosterColumn.RELATION, Relation::parse);
            var written = optional(RosterColumn.BIRTH_DATE, text -> parseBirthDate(text, today));
            if (idNumber.isPresent() && written.isPresent() && !idNumber.get().bornOn().equals(written.get())) {
                fault(RosterColumn.BIRTH_DATE.heading(), RosterFault.BORN_ON_CONTRADICTS_ID);
            }
            bornOn = written.or(() -> idNumber.map(IdNumber::bornOn));
            return household.flatMap(where -> name.map(
                    who -> new RosterLine(row.line(), where, who, phone, idNumber, relation, bornOn)));
        }

        private <T> Optional<T> required(RosterColumn column, Parse<T> parse) {
            if (row.cell(column).isEmpty()) {
                fault(column.heading(), RosterFault.MISSING);
                return Optional.empty();
            }
            return optional(column, parse);
        }

        private <T> Optional<T> optional(RosterColumn column, Parse<T> parse) {
            String written = row.cell(column);
            if (written.isEmpty()) {
                return Optional.empty();
            }
            Parsed<T> parsed = written.length() > CELL_CHARACTERS_MAX
                    ? Parsed.bad(RosterFault.CELL_TOO_LONG, Integer.toString(CELL_CHARACTERS_MAX))
                    : parse.parse(written);
            return taken(column, parsed);
        }

        private <T> Optional<T> taken(RosterColumn column, Parsed<T> parsed) {
            return switch (parsed) {
                case Parsed.Good<T>(T value) -> Optional.of(value);
                case Parsed.Bad<T>(RosterFault fault, List<String> args) -> {
                    faults.add(new RosterRejection(row.line(), column.heading(), fault, args));
                    yield Optional.empty();
                }
            };
        }

        void fault(String column, RosterFault fault, String... args) {
            faults.add(new RosterRejection(row.line(), column, fault, List.of(args)));
        }
    }

    private interface Parse<T> {
        Parsed<T> parse(String written);
    }

    /** Which line said it first. */
    private static final class Claims {
        private final Map<PhoneNumber, Integer> phones = new HashMap<>();
        private final Map<IdNumber, Integer> idNumbers = new HashMap<>();
        private final Map<NameAtHome, List<Reading>> people = new HashMap<>();

        private record NameAtHome(HouseholdLabel household, String name) {}

        void check(Reading reading) {
            int line = reading.row.line();
            reading.phone.map(phone -> phones.putIfAbsent(phone, line)).ifPresent(first ->
                    reading.fault(RosterColumn.PHONE.heading(), RosterFault.DOUBLE_PHONE, first.toString()));
            Optional<Integer> sameId = reading.idNumber.map(idNumber -> idNumbers.putIfAbsent(idNumber, line));
            sameId.ifPresent(first ->
                    reading.fault(RosterColumn.ID_NUMBER.heading(), RosterFault.DOUBLE_ID_NUMBER, first.toString()));
            if (reading.household.isPresent() && reading.name.isPresent()) {
                var namesakes = people.computeIfAbsent(
                        new NameAtHome(reading.household.get(), PersonName.of(reading.name.get()).comparable()), key -> new ArrayList<>());
                if (sameId.isEmpty()) {
                    namesakes.stream().filter(other -> !toldApart(other, reading)).findFirst().ifPresent(first ->
                            reading.fault(RosterColumn.NAME.heading(), RosterFault.DOUBLE_PERSON, Integer.toString(first.row.line())));
                }
                namesakes.add(reading);
            }
        }

        private static boolean toldApart(Reading one, Reading other) {
            return differ(one.idNumber, other.idNumber) || differ(one.bornOn, other.bornOn);
        }

        private static <T> boolean differ(Optional<T> one, Optional<T> other) {
            return one.isPresent() && other.isPresent() && !one.equals(other);
        }
    }

    private static Parsed<String> parseName(String written) {
        String name = PersonName.of(written).text();
        boolean good = name.codePointCount(0, name.length()) <= NAME_CHARACTERS_MAX && NAME.matcher(name).matches();
        return good ? Parsed.good(name) : Parsed.bad(RosterFault.NAME);
    }

    private static Parsed<LocalDate> parseBirthDate(String written, LocalDate today) {
        return TableDate.parse(written).map(TableDate::day).map(bornOn -> {
            boolean possible = bornOn.getYear() >= EARLIEST_BIRTH_YEAR && !bornOn.isAfter(today);
            return possible ? Parsed.good(bornOn) : Parsed.<LocalDate>bad(RosterFault.BORN_ON_IMPOSSIBLE);
        }).orElseGet(() -> Parsed.bad(RosterFault.BORN_ON));
    }
}
