package gatehouse.notify;

import static gatehouse.notify.Outbox.column;

import gatehouse.kernel.Page;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import gatehouse.notify.Channel.Addressee;
import gatehouse.notify.Channel.Delivery;
import gatehouse.notify.Outbox.Addressing;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The inboxes, and who belongs to a group of recipients. */
final class NotifyStore {
    private static final String COLUMNS = "id, template, arguments_chinese, arguments_english, subject_id, created_at, read_at";

    private NotifyStore() {
    }

    private record Found(int place, Addressee addressee) {
    }

    /**
     * Who is addressed, in the order of the list: accounts as they are, members of a household by their residence, holders of a role
     * by what it reaches. Disabled accounts are nobody.
     */
    static List<List<Addressee>> addressees(Statements db, List<Addressing> addressings, List<UUID> compounds) {
        var found = db.sql("""
                select distinct w.place, a.compound_id, a.id
                from unnest($1::int[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[])
                         as w (place, kind, role, compound_id, recipient_compound_id, recipient_id)
                join compound c on c.id = w.compound_id
                join community m on m.id = c.community_id
                cross join lateral (
                    select w.recipient_compound_id as compound_id, w.recipient_id as account_id where w.kind = 'ACCOUNT'
                    union all
                    select r.compound_id, r.account_id from resident r
                    where w.kind = 'HOUSEHOLD' and r.compound_id = w.compound_id and r.household_id = w.recipient_id
                          and r.moved_out_at is null and r.account_id is not null
                    union all
                    select g.compound_id, g.account_id from role_grant g
                    where w.role is not null and g.role = w.role and g.role <> 'RESIDENT'
                          and (g.reach = 'EVERYTHING' or g.reach_id in (
                              select w.compound_id union all select c.community_id union all select m.subdistrict_id
                              union all
                              select b.grid_id from building b where w.kind = 'HOLDERS_OF_BUILDING'
                                  and b.compound_id = w.compound_id and b.id = w.recipient_id
                              union all
                              select p.id from grid p where w.kind = 'HOLDERS_OF_COMPOUND' and p.compound_id = w.compound_id
                              union all
                              select p.id from gate p where w.kind = 'HOLDERS_OF_COMPOUND' and p.compound_id = w.compound_id))
                ) as who
                join account a on a.compound_id = who.compound_id and a.id = who.account_id and a.disabled_at is null
                order by 1, 2, 3""")
                .bind(IntStream.range(0, addressings.size()).boxed().toArray(Integer[]::new))
                .bind(column(addressings, Addressing::kind, String[]::new)).bind(column(addressings, Addressing::role, String[]::new))
                .bind(compounds.toArray(UUID[]::new))
                .bind(column(addressings, Addressing::compoundId, UUID[]::new)).bind(column(addressings, Addressing::id, UUID[]::new))
                .list(row -> new Found(row.getInteger("place"), new Addressee(row.getUUID("compound_id"), row.getUUID("id"))));
        var byPlace = new ArrayList<List<Addressee>>();
        addressings.forEach(each -> byPlace.add(new ArrayList<>()));
        found.forEach(each -> byPlace.get(each.place).add(each.addressee));
        return byPlace;
    }

    private record Entry(Delivery delivery, Addressee addressee) {
    }

    /** Puts each message into each of its inboxes, once however often it comes; answers how many were new. */
    static int addToInboxes(Tx tx, List<Delivery> deliveries) {
        var entries = deliveries.stream()
                .flatMap(delivery -> delivery.addressees().stream().map(addressee -> new Entry(delivery, addressee))).toList();
        return tx.sql("""
                insert into notification (compound_id, account_id, id, template, arguments_chinese, arguments_english, subject_id, created_at)
                select compound_id, account_id, id, template, string_to_array(chinese, $9), string_to_array(english, $9), subject_id, created_at
                from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::timestamptz[])
                    as n (compound_id, account_id, id, template, chinese, english, subject_id, created_at)
                order by compound_id, account_id, id
                on conflict (compound_id, account_id, id) do nothing""")
                .bind(column(entries, entry -> entry.addressee.homeCompoundId(), UUID[]::new))
                .bind(column(entries, entry -> entry.addressee.accountId(), UUID[]::new))
                .bind(column(entries, entry -> entry.delivery.id(), UUID[]::new))
                .bind(column(entries, entry -> entry.delivery.template().name(), String[]::new))
                .bind(column(entries, entry -> String.join(Outbox.SEPARATOR, entry.delivery.argumentsChinese()), String[]::new))
                .bind(column(entries, entry -> String.join(Outbox.SEPARATOR, entry.delivery.argumentsEnglish()), String[]::new))
                .bind(column(entries, entry -> entry.delivery.subjectId().orElse(null), UUID[]::new))
                .bind(column(entries, entry -> entry.delivery.createdAt(), OffsetDateTime[]::new))
                .bind(Outbox.SEPARATOR)
                .update();
    }

    /** One's own inbox, newest first. */
    static List<Notification> inbox(Statements db, Addressee owner, boolean unreadOnly, @Nullable UUID before, int rows) {
        return db.sql("select " + COLUMNS + """
                 from notification
                where compound_id = $1 and account_id = $2 and ($3::uuid is null or id < $3) and (not $4 or read_at is null)
                    and template = any($6)
                order by id desc limit $5""")
                .bind(owner.homeCompoundId()).bind(owner.accountId()).bind(before).bind(unreadOnly).bind(rows).bind(MessageTemplate.names())
                .list(NotifyStore::notification);
    }

    static int unread(Statements db, Addressee owner) {
        return db.sql("""
                select count(*)::int from notification
                where compound_id = $1 and account_id = $2 and read_at is null and template = any($3)""")
                .bind(owner.homeCompoundId()).bind(owner.accountId()).bind(MessageTemplate.names())
                .only(row -> row.getInteger(0));
    }

    /** Marks one's own message as read, once; empty where it is not in this inbox. */
    static Optional<Notification> markRead(Tx tx, Addressee owner, UUID id, OffsetDateTime now) {
        return tx.sql("""
                update notification set read_at = coalesce(read_at, $4)
                where compound_id = $1 and account_id = $2 and id = $3 and template = any($5)
                returning\s""" + COLUMNS)
                .bind(owner.homeCompoundId()).bind(owner.accountId()).bind(id).bind(now).bind(MessageTemplate.names())
                .first(NotifyStore::notification);
    }

    /** Marks one's own messages up to that one as read; answers how many were not. */
    static int markAllRead(Tx tx, Addressee owner, UUID upTo, OffsetDateTime now) {
        return tx.sql("""
                update notification set read_at = $4
                where compound_id = $1 and account_id = $2 and id <= $3 and read_at is null and template = any($5)""")
                .bind(owner.homeCompoundId()).bind(owner.accountId()).bind(upTo).bind(now).bind(MessageTemplate.names()).update();
    }

    private static Notification notification(Row row) {
        return new Notification(row.getUUID("id"), MessageTemplate.valueOf(row.getString("template")),
                List.of(row.getArrayOfStrings("arguments_chinese")), List.of(row.getArrayOfStrings("arguments_english")),
                Optional.ofNullable(row.getUUID("subject_id")), row.getOffsetDateTime("created_at"),
                Optional.ofNullable(row.getOffsetDateTime("read_at")));
    }
}
