package gatehouse.registry;

import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.SearchKey;
import gatehouse.kernel.SearchKeyStore;
import gatehouse.kernel.Tx;
import java.util.List;
import java.util.UUID;

/**
 * How phones and ID numbers are kept, whichever table holds them: sealed with the table and row as associated data, so that a
 * value copied to another row cannot be opened, and found again only by a keyed hash of the whole value, whose key may be exchanged.
 */
public final class PersonalData {

    private final KeyRing keys;

    public PersonalData(KeyRing keys) {
        this.keys = keys;
    }

    /** How phones and ID numbers are found in the rows of one compound; good until the transaction ends that asked for it. */
    public record Hashes(SearchKey key) {
        public byte[] of(PhoneNumber phone) {
            return key.hash(KeyPurpose.PHONE_SEARCH, phone.reveal());
        }

        public byte[] of(IdNumber idNumber) {
            return key.hash(KeyPurpose.ID_NUMBER_SEARCH, idNumber.reveal());
        }
    }

    /** For writing and comparing rows of that compound; to be asked for before rows are locked. */
    public Hashes hashes(Tx tx, UUID compound) {
        return new Hashes(SearchKeyStore.ofCompound(tx, keys, compound));
    }

    /** For taking a phone above all compounds: by each of them. */
    public List<Hashes> hashesAboveCompounds(Tx tx) {
        return SearchKeyStore.inForce(tx, keys).stream().map(Hashes::new).toList();
    }

    /** For looking for a phone: by any of them it may have been written. */
    public List<byte[]> hashes(PhoneNumber phone) {
        return keys.hashes(KeyPurpose.PHONE_SEARCH, phone.reveal());
    }

    /** For looking for an ID number: by any of them it may have been written. */
    public List<byte[]> hashes(IdNumber idNumber) {
        return keys.hashes(KeyPurpose.ID_NUMBER_SEARCH, idNumber.reveal());
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
