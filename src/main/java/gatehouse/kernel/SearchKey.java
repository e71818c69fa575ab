package gatehouse.kernel;

/** One of the keys by which values are found that are not to be read. */
public record SearchKey(KeyRing ring, String id) {

    /** By which a value of that kind is written under this key. */
    public byte[] hash(KeyPurpose purpose, String value) {
        return ring.hashBy(id, purpose, value);
    }
}
