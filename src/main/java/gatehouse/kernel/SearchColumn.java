package gatehouse.kernel;

import java.util.Optional;

/**
 * A value that is sealed and stands beside its hash, by which it is found, in a table of compounds.
 *
 * @param sealed    where the value itself is
 * @param hash      the column of its hash
 * @param purpose   what the hash is made by
 * @param directory the table that finds it above all compounds, where there is one; {@code <hash>, key_id, compound_id, <table>_id}
 */
public record SearchColumn(SealedColumn sealed, String hash, KeyPurpose purpose, Optional<String> directory) {
    public SearchColumn {
        if (!(hash + directory.orElse("")).matches("[a-z_]+") || !purpose.isRehashed()) {
            throw new IllegalArgumentException("not a hash that can be made anew: " + sealed.table() + "." + hash + " " + purpose);
        }
    }
}
