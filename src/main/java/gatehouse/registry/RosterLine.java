package gatehouse.registry;

import java.time.LocalDate;
import java.util.Optional;

/** One accepted line: a resident and where they live. {@code bornOn} comes from the ID number where the column is blank. */
record RosterLine(
        int line,
        HouseholdLabel household,
        String name,
        Optional<PhoneNumber> phone,
        Optional<IdNumber> idNumber,
        Optional<Relation> relation,
        Optional<LocalDate> bornOn) {

    @Override
    public String toString() {
        return "RosterLine[line=" + line + "]";
    }
}
