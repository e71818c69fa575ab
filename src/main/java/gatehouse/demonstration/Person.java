package gatehouse.demonstration;

import gatehouse.registry.IdNumber;
import gatehouse.registry.IdNumber.Sex;
import gatehouse.registry.PhoneNumber;
import gatehouse.registry.Relation;
import java.time.LocalDate;
import java.util.Optional;

/** Somebody invented; {@code usesPhone}: has an account of their own; {@code logsIn}: with the well-known password. */
record Person(String name, Relation relation, Sex sex, LocalDate bornOn, Optional<PhoneNumber> phone, boolean usesPhone, boolean logsIn,
              Optional<IdNumber> idNumber) {
}
