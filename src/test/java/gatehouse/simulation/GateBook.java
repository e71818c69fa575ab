package gatehouse.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The paper book of two gates, kept by the rules as people say them: whoever is at home may leave once, whoever left may come back, whoever comes
 * home is let in. A gate that is cut off knows what stood in the book when the line broke, and what it saw itself; what it wrote meanwhile is
 * copied in afterwards.
 */
final class GateBook {
    enum Whereabouts {
        HOME, OUT, BACK, ILL
    }

    enum Written {
        THROUGH, REFUSED, AGAINST_THE_RULES
    }

    /** A line that the cut-off gate wrote on its own sheet. */
    record Line(int person, boolean leaving, int minute) {
    }

    private final Map<Integer, Whereabouts> people = new HashMap<>();
    private final Map<Integer, Integer> cameHomeAt = new HashMap<>();
    private final Map<Written, Integer> counts = new EnumMap<>(Written.class);
    private final Map<Integer, Whereabouts> sheet = new HashMap<>();
    private final List<Line> copied = new ArrayList<>();

    private void count(Written what) {
        counts.merge(what, 1, Integer::sum);
    }

    private Whereabouts of(int person) {
        return people.getOrDefault(person, Whereabouts.HOME);
    }

    /** Somebody at a gate with a line. Answers whether they went through by the rules. */
    boolean leaves(int person, boolean mask, boolean fever) {
        boolean through = of(person) == Whereabouts.HOME && mask && !fever;
        if (fever && of(person) == Whereabouts.HOME) {
            people.put(person, Whereabouts.ILL);
        }
        if (through) {
            people.put(person, Whereabouts.OUT);
        }
        count(through ? Written.THROUGH : Written.REFUSED);
        return through;
    }

    /** Nobody is kept out of their home: who was not seen leaving is refused by the rules and let in all the same, which is a second line. */
    boolean comesHome(int person, int minute) {
        boolean seenLeaving = of(person) == Whereabouts.OUT;
        cameHomeAt.put(person, minute);
        if (seenLeaving) {
            people.put(person, Whereabouts.BACK);
            count(Written.THROUGH);
        } else {
            count(Written.REFUSED);
            count(Written.AGAINST_THE_RULES);
        }
        return seenLeaving;
    }

    void forgery() {
        count(Written.REFUSED);
    }

    /** The line breaks: the gate takes a copy of the book. */
    void cutOff() {
        sheet.putAll(people);
    }

    /** At the gate without a line; answers whether it lets them through. */
    boolean leavesCutOff(int person, int minute, boolean mask) {
        boolean through = sheet.getOrDefault(person, Whereabouts.HOME) == Whereabouts.HOME && mask;
        if (through) {
            sheet.put(person, Whereabouts.OUT);
            copied.add(new Line(person, true, minute));
        } else {
            count(Written.REFUSED);
        }
        return through;
    }

    boolean comesHomeCutOff(int person, int minute) {
        boolean through = sheet.getOrDefault(person, Whereabouts.HOME) != Whereabouts.BACK;
        if (through) {
            sheet.put(person, Whereabouts.BACK);
            copied.add(new Line(person, false, minute));
        } else {
            count(Written.REFUSED);
        }
        return through;
    }

    /** The sheet is copied into the book. */
    void copyIn() {
        for (var line : copied) {
            if (line.leaving && of(line.person) == Whereabouts.HOME) {
                boolean wasHomeSince = cameHomeAt.getOrDefault(line.person, -1) > line.minute;
                people.put(line.person, wasHomeSince ? Whereabouts.BACK : Whereabouts.OUT);
                count(Written.THROUGH);
            } else if (!line.leaving && of(line.person) == Whereabouts.OUT) {
                people.put(line.person, Whereabouts.BACK);
                cameHomeAt.put(line.person, line.minute);
                count(Written.THROUGH);
            } else {
                count(Written.AGAINST_THE_RULES);
            }
        }
        copied.clear();
    }

    int counted(Written what) {
        return counts.getOrDefault(what, 0);
    }

    Set<Integer> in(Whereabouts where) {
        var found = new HashSet<Integer>();
        people.forEach((person, whereabouts) -> {
            if (whereabouts == where) {
                found.add(person);
            }
        });
        return found;
    }
}
