package gatehouse.demonstration;

import gatehouse.registry.HouseholdLabel;
import gatehouse.registry.IdNumber;
import gatehouse.registry.IdNumber.Sex;
import gatehouse.registry.PhoneNumber;
import gatehouse.registry.Relation;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Invents who lives in a household; ages are as of {@code today}. */
final class FamilyMaker {
    /** No district has this code: nobody's ID number begins like that. */
    private static final String REGION = "370200";
    private static final int FIRST_SEQUENCE = 900;
    /** Of 13900000000–13900099999; the people of the story have the numbers below, the invented ones those from here on, scattered. */
    private static final int FIRST_PHONE = 20_000;
    private static final int PHONES = 79_999;
    private static final int PHONE_STEP = 3_571;

    private enum Kind {
        YOUNG_ALONE(9), ELDER_ALONE(8), ELDER_COUPLE(14), COUPLE(19), ONE_CHILD(26), TWO_CHILDREN(7), THREE_GENERATIONS(9), ONE_PARENT(4),
        FLATMATES(4);

        private final int percent;

        Kind(int percent) {
            this.percent = percent;
        }
    }

    private final Random random;
    private final LocalDate today;
    private final Names names;
    private final Map<String, Integer> sequences = new HashMap<>();
    private int phones;

    FamilyMaker(Random random, LocalDate today) {
        this.random = random;
        this.today = today;
        this.names = new Names(random);
        for (Story story : Story.values()) {
            story.staff().forEach(each -> names.reserve(each.name()));
            story.families().values().forEach(family -> family.forEach(each -> names.reserve(each.name())));
        }
    }

    List<Person> family(HouseholdLabel label, Story story) {
        var told = story.families().get(label.toString());
        return told == null ? invent(kind()) : told.stream().map(this::told).toList();
    }

    private Kind kind() {
        int drawn = random.nextInt(Arrays.stream(Kind.values()).mapToInt(kind -> kind.percent).sum());
        for (Kind kind : Kind.values()) {
            drawn -= kind.percent;
            if (drawn < 0) {
                return kind;
            }
        }
        throw new AssertionError(drawn);
    }

    private List<Person> invent(Kind kind) {
        return switch (kind) {
            case YOUNG_ALONE -> List.of(person(names.surname(), sex(), between(22, 34), Relation.TENANT));
            case ELDER_ALONE -> List.of(person(names.surname(), sex(), between(66, 88), Relation.HEAD));
            case ELDER_COUPLE -> couple(between(60, 82));
            case COUPLE -> couple(between(26, 58));
            case ONE_CHILD -> withChild(couple(between(28, 46)), 0);
            case TWO_CHILDREN -> withChild(withChild(couple(between(31, 43)), 0), between(2, 6));
            case THREE_GENERATIONS -> withElder(withChild(couple(between(29, 45)), 0));
            case ONE_PARENT -> withChild(List.of(person(names.surname(), sex(), between(29, 45), Relation.HEAD)), 0);
            case FLATMATES -> flatmates(between(2, 3));
        };
    }

    private List<Person> couple(int ageOfHead) {
        var sex = random.nextInt(100) < 80 ? Sex.MALE : Sex.FEMALE;
        var head = person(names.surname(), sex, ageOfHead, Relation.HEAD);
        return List.of(head, person(names.surname(), sex == Sex.MALE ? Sex.FEMALE : Sex.MALE, ageOfHead + between(-3, 2), Relation.SPOUSE));
    }

    private List<Person> flatmates(int count) {
        var all = new ArrayList<Person>();
        for (int i = 0; i < count; i++) {
            all.add(person(names.surname(), sex(), between(21, 33), Relation.TENANT));
        }
        return all;
    }

    /** Named after the father where there is one. */
    private List<Person> withChild(List<Person> family, int yearsYounger) {
        var parents = family.stream().filter(each -> each.relation() != Relation.CHILD).toList();
        var surnameOf = parents.stream().filter(each -> each.sex() == Sex.MALE).findFirst().orElse(parents.getFirst());
        var elder = family.stream().filter(each -> each.relation() == Relation.CHILD).mapToInt(this::age).findFirst();
        int youngest = parents.stream().mapToInt(this::age).min().orElseThrow();
        int age = elder.isPresent() ? elder.getAsInt() - yearsYounger : Math.min(youngest - 23 - between(0, 6), 17);
        return with(family, person(Names.surnameOf(surnameOf.name()), sex(), Math.max(0, age), Relation.CHILD));
    }

    /** The father or the mother of one of the couple. */
    private List<Person> withElder(List<Person> family) {
        var child = family.get(random.nextInt(2));
        var sex = random.nextInt(100) < 40 ? Sex.MALE : Sex.FEMALE;
        return with(family, person(sex == Sex.MALE ? Names.surnameOf(child.name()) : names.surname(), sex, age(child) + between(23, 30), Relation.PARENT));
    }

    private static List<Person> with(List<Person> family, Person one) {
        var all = new ArrayList<>(family);
        all.add(one);
        return all;
    }

    private Person person(String surname, Sex sex, int age, Relation relation) {
        var name = names.full(surname, sex, age);
        boolean hasPhone = random.nextInt(100) < (age < 12 ? 0 : age < 18 ? 30 : age < 66 ? 97 : age < 76 ? 70 : 35);
        boolean usesPhone = hasPhone && random.nextInt(100) < (age < 18 ? 0 : age < 60 ? 82 : age < 71 ? 45 : 12);
        boolean showedIdCard = random.nextInt(100) < (age < 3 ? 60 : 97);
        var bornOn = birthDate(age);
        return new Person(name, relation, sex, bornOn, hasPhone ? Optional.of(nextPhone()) : Optional.empty(), usesPhone, false,
                showedIdCard ? Optional.of(idNumber(bornOn, sex)) : Optional.empty());
    }

    /** Whom one can log in as has a phone, the others of the story have none. */
    private Person told(Story.Member member) {
        var bornOn = birthDate(member.age());
        var phone = Optional.ofNullable(member.login()).map(DemonstrationLogin::phoneNumber);
        return new Person(member.name(), member.relation(), member.sex(), bornOn, phone, phone.isPresent(), phone.isPresent(),
                Optional.of(idNumber(bornOn, member.sex())));
    }

    private LocalDate birthDate(int age) {
        return LocalDate.of(today.getYear() - age - 1, between(1, 12), between(1, 28));
    }

    private int age(Person person) {
        return today.getYear() - person.bornOn().getYear() - 1;
    }

    private PhoneNumber nextPhone() {
        int number = FIRST_PHONE + (int) ((long) phones++ * PHONE_STEP % PHONES);
        return PhoneNumber.parse("139000%05d".formatted(number)).toOptional().orElseThrow();
    }

    private IdNumber idNumber(LocalDate bornOn, Sex sex) {
        var day = DateTimeFormatter.BASIC_ISO_DATE.format(bornOn);
        int place = sequences.merge(day + sex, 1, Integer::sum) - 1;
        int sequence = FIRST_SEQUENCE + 2 * place + (sex == Sex.MALE ? 1 : 0);
        var digits = REGION + day + sequence;
        return IdNumber.parse(digits + IdNumber.checkCharacter(digits), today).toOptional().orElseThrow();
    }

    private Sex sex() {
        return random.nextBoolean() ? Sex.MALE : Sex.FEMALE;
    }

    private int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }
}
