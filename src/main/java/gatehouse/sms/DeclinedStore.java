package gatehouse.sms;

import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import gatehouse.notify.Channel.Addressee;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Who wants no SMS. */
final class DeclinedStore {
    /** Since when; empty for whoever is sent them. */
    Optional<OffsetDateTime> since(Statements in, Addressee person) {
        return in.sql("select since from sms_declined where compound_id = $1 and account_id = $2").bind(person.homeCompoundId()).bind(person.accountId())
                .first(row -> row.getOffsetDateTime(0));
    }

    /** Answers since when it is so, which may be earlier. */
    OffsetDateTime decline(Tx tx, Addressee person, OffsetDateTime now) {
        return tx.sql("""
                insert into sms_declined as d (compound_id, account_id, since) values ($1, $2, $3)
                on conflict (compound_id, account_id) do update set since = d.since returning since""")
                .bind(person.homeCompoundId()).bind(person.accountId()).bind(now).only(row -> row.getOffsetDateTime(0));
    }

    /** Answers how many had declined, none or one. */
    int want(Tx tx, Addressee person) {
        return tx.sql("delete from sms_declined where compound_id = $1 and account_id = $2").bind(person.homeCompoundId()).bind(person.accountId()).update();
    }
}
