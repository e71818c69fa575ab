package gatehouse.photo;

import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import io.vertx.core.buffer.Buffer;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/** The sealed pictures. Whose they are and who may see them is the business of the feature that keeps their ids. */
final class PhotoStore {

    /** What a row holds beside its keys. */
    record Sealed(int widthPixels, int heightPixels, byte[] full, byte[] thumbnail) {
    }

    void insert(Tx tx, UUID compound, UUID id, Sealed photo, LocalDate keptUntil, OffsetDateTime now) {
        tx.sql("""
                insert into photo (compound_id, id, kept_at, kept_until_date, width_pixels, height_pixels, full_sealed, thumbnail_sealed)
                values ($1, $2, $3, $4, $5, $6, $7, $8)""")
                .bind(compound).bind(id).bind(now).bind(keptUntil).bind(photo.widthPixels).bind(photo.heightPixels)
                .bind(Buffer.buffer(photo.full)).bind(Buffer.buffer(photo.thumbnail)).update();
    }

    Optional<byte[]> sealed(Statements statements, UUID compound, UUID id, PhotoSize size) {
        var column = switch (size) {
            case FULL -> "full_sealed";
            case THUMBNAIL -> "thumbnail_sealed";
        };
        return statements.sql("select %s as sealed from photo where compound_id = $1 and id = $2".formatted(column)).bind(compound).bind(id)
                .first(row -> row.getBuffer("sealed").getBytes());
    }

    void keepUntil(Tx tx, UUID compound, Collection<UUID> ids, LocalDate keptUntil) {
        tx.sql("update photo set kept_until_date = $3 where compound_id = $1 and id = any($2)")
                .bind(compound).bind(ids.toArray(UUID[]::new)).bind(keptUntil).update();
    }

    int delete(Tx tx, UUID compound, Collection<UUID> ids) {
        return tx.sql("delete from photo where compound_id = $1 and id = any($2)").bind(compound).bind(ids.toArray(UUID[]::new)).update();
    }

    /** Only so many at once, so that no transaction is long. */
    int deleteNotNeededSince(Tx tx, LocalDate today, int most) {
        return tx.sql("""
                delete from photo p using (
                    select compound_id, id from photo where kept_until_date < $1 order by kept_until_date limit $2 for update skip locked) due
                where p.compound_id = due.compound_id and p.id = due.id""").bind(today).bind(most).update();
    }
}
