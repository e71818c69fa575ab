package gatehouse.registry;

import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRing;
import java.util.UUID;

/**
 * How phones and ID numbers are kept, whichever table holds them: sealed with the table and row as associated data, so that a
 * value copied to another row cannot be opened, and found again only by a keyed hash of the whole value.
 */
public final class PersonalData {

    private final KeyRing keys;

    public PersonalData(KeyRing keys) {
        this.keys = keys;
    }

    public byte[] hash(PhoneNumber phone) {
        return keys.searchHash(KeyPurpose.PHONE_SEARCH, phone.reveal());
    }

    public byte[] hash(IdNumber idNumber) {
        return keys.searchHash(KeyPurpose.ID_NUMBER_SEARCH, idNumber.reveal());
    }

    public byte[] seal(PhoneNumber phone, String table, UUID row) {
        return keys.seal(KeyPurpose.PHONE, context(table, row), phone.reveal());
    }

    public byte[] seal(IdNumber idNumber, String table, UUID row) {
        return keys.seal(KeyPurpose.ID_NUMBER, context(table, row), idNumber.reveal());
    }

    /** The whole phone number; only for sending to it and for logged disclosures. */
    public String openPhone(byte[] sealed, String table, UUID row) {
        return keys.open(KeyPurpose.PHONE, context(table, row), sealed);
    }

    /** The whole ID number; only for logged disclosures. */
    public String openIdNumber(byte[] sealed, String table, UUID row) {
        return keys.open(KeyPurpose.ID_NUMBER, context(table, row), sealed);
    }

    private static String context(String table, UUID row) {
        return table + "/" + row;
    }
}
