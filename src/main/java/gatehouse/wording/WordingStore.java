package gatehouse.wording;

import gatehouse.kernel.Page;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of words that are not simply shown. */
final class WordingStore {
    private WordingStore() {
    }

    /** Words that somebody wants shown. */
    record Words(UUID compoundId, UUID id, WordingKind kind, UUID thingId, UUID authorCompoundId, UUID authorId, String text,
                 @Nullable WordingWhy why, OffsetDateTime saidAt) {
    }

    static void insert(Tx tx, Words words, @Nullable OffsetDateTime askAt) {
        tx.sql("""
                insert into wording (compound_id, id, kind, thing_id, author_compound_id, author_id, words, state, why, said_at, ask_again_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)""")
                .bind(words.compoundId).bind(words.id).bind(words.kind.name()).bind(words.thingId).bind(words.authorCompoundId).bind(words.authorId)
                .bind(words.text).bind(words.why == null ? "ASKED" : "HELD").bind(words.why == null ? null : words.why.name()).bind(words.saidAt)
                .bind(askAt).update();
    }

    static Optional<Standing> standing(Statements in, WordingKind kind, UUID compound, UUID thing) {
        return in.sql("select state, answer from wording where compound_id = $1 and kind = $2 and thing_id = $3")
                .bind(compound).bind(kind.name()).bind(thing)
                .first(row -> new Standing(WordingState.valueOf(row.getString("state")), row.getString("answer")));
    }

    /** What WeChat is to be asked about by now, the oldest first. */
    static List<Words> toAsk(Statements in, OffsetDateTime now, int atMost) {
        return in.sql("select * from wording where ask_again_at <= $1 order by ask_again_at, id limit $2").bind(now).bind(atMost).list(WordingStore::words);
    }

    /** They may be seen. Only where nobody decided meanwhile. */
    static void pass(Tx tx, Words words) {
        tx.sql("delete from wording where compound_id = $1 and id = $2 and ask_again_at is not null").bind(words.compoundId).bind(words.id).update();
    }

    /** They wait for staff; true where they did not before. */
    static boolean hold(Tx tx, Words words, WordingWhy why, @Nullable OffsetDateTime askAgainAt) {
        return tx.sql("""
                update wording set state = 'HELD', why = $3, ask_again_at = $4
                where compound_id = $1 and id = $2 and ask_again_at is not null""")
                .bind(words.compoundId).bind(words.id).bind(why.name()).bind(askAgainAt).update() == 1 && words.why == null;
    }

    /** The oldest first: ids are ordered by time. */
    static List<Words> held(Statements in, UUID[] compounds, Page.Request page, @Nullable UUID after) {
        return in.sql("""
                select * from wording where compound_id = any($1) and state = 'HELD' and ($2::uuid is null or id > $2) order by id limit $3""")
                .bind(compounds).bind(after).bind(page.rows()).list(WordingStore::words);
    }

    /** Locked until the transaction ends. */
    static Optional<Words> lock(Tx tx, Scope scope, UUID id) {
        return tx.sql("select * from wording where compound_id = any($1) and id = $2 and state in ('ASKED', 'HELD') for update")
                .bind(scope.wholeCompounds()).bind(id).first(WordingStore::words);
    }

    static boolean isDecided(Statements in, Scope scope, UUID id) {
        return in.sql("select 1 from wording where compound_id = any($1) and id = $2 and state in ('SHOWN', 'REFUSED')").bind(scope.wholeCompounds()).bind(id).exists();
    }

    static void decide(Tx tx, Words words, WordingState state, @Nullable String answer, UUID byCompound, UUID by, OffsetDateTime now) {
        tx.sql("""
                update wording set state = $3, why = null, words = null, ask_again_at = null, decided_at = $4, decided_by_compound_id = $5, decided_by = $6,
                    answer = $7
                where compound_id = $1 and id = $2""")
                .bind(words.compoundId).bind(words.id).bind(state.name()).bind(now).bind(byCompound).bind(by).bind(answer).update();
    }

    static int forget(Tx tx, WordingKind kind, UUID compound, List<UUID> things) {
        return tx.sql("delete from wording where compound_id = $1 and kind = $2 and thing_id = any($3)").bind(compound).bind(kind.name())
                .bind(things.toArray(UUID[]::new)).update();
    }

    private static Words words(Row row) {
        var why = row.getString("why");
        return new Words(row.getUUID("compound_id"), row.getUUID("id"), WordingKind.valueOf(row.getString("kind")), row.getUUID("thing_id"),
                row.getUUID("author_compound_id"), row.getUUID("author_id"), row.getString("words"), why == null ? null : WordingWhy.valueOf(why),
                row.getOffsetDateTime("said_at"));
    }
}
