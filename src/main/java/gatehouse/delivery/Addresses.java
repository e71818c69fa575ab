package gatehouse.delivery;

import gatehouse.delivery.ParcelAddress.Door;
import gatehouse.delivery.ParcelAddress.Known;
import gatehouse.delivery.ParcelAddress.Meaning;
import gatehouse.delivery.ParcelAddress.PhoneTail;
import gatehouse.kernel.Statements;
import gatehouse.registry.HouseholdLabel;
import java.util.UUID;

/** Finds whose a parcel is. */
final class Addresses {
    private static final int MOST_CHOICES = 20;

    private Addresses() {
    }

    static Meaning meaning(Statements where, UUID compound, ParcelAddress address) {
        return switch (address) {
            case Door door -> behind(where, compound, door);
            case PhoneTail(var digits) -> behind(where, compound, digits);
            case Known(var household) -> AddressStore.known(where, compound, household).<Meaning>map(Meaning.Found::new)
                    .orElseGet(() -> new Meaning.Wrong("/householdId"));
        };
    }

    private static Meaning behind(Statements where, UUID compound, Door door) {
        var label = HouseholdLabel.parse(door.building() + "-" + door.unit() + "-" + door.room()).toOptional();
        if (label.isEmpty()) {
            return new Meaning.Wrong("/room");
        }
        return AddressStore.labelled(where, compound, label.get().toString()).<Meaning>map(Meaning.Found::new)
                .orElseGet(() -> new Meaning.Wrong("/" + AddressStore.wrongPart(where, compound, label.get().building(), label.get().unit())));
    }

    private static Meaning behind(Statements where, UUID compound, String digits) {
        var choices = AddressStore.byPhoneTail(where, compound, digits, MOST_CHOICES);
        return switch (choices.size()) {
            case 0 -> new Meaning.Wrong("/phoneTail");
            case 1 -> new Meaning.Found(home(where, compound, choices.getFirst().householdId()));
            default -> new Meaning.Ambiguous(choices);
        };
    }

    private static Home home(Statements where, UUID compound, UUID household) {
        return AddressStore.known(where, compound, household).orElseThrow();
    }
}
