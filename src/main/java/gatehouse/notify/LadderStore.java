package gatehouse.notify;

import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import gatehouse.notify.Channel.Addressee;
import gatehouse.notify.Medium.Standing;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/** How far messages came through each medium, written down beside them in the inbox; there the media learn of each other. */
public final class LadderStore {
    private LadderStore() {
    }

    /** A message for one person. */
    public record Told(Addressee person, UUID messageId) {
    }

    public static void set(Tx tx, Medium medium, Standing standing, List<Told> all) {
        tx.sql("update notification n set " + column(medium) + """
                 = $4 from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as t (compound_id, account_id, id)
                where n.compound_id = t.compound_id and n.account_id = t.account_id and n.id = t.id""")
                .bind(keys(all, each -> each.person.homeCompoundId(), UUID[]::new)).bind(keys(all, each -> each.person.accountId(), UUID[]::new))
                .bind(keys(all, Told::messageId, UUID[]::new)).bind(standing.name()).update();
    }

    /** Whether that person has it otherwise: read in the inbox, or from another medium. */
    public static boolean isToldOtherwise(Statements in, Medium but, Told told) {
        var other = switch (but) {
            case WECHAT -> Medium.SMS;
            case SMS -> Medium.WECHAT;
        };
        return in.sql("select 1 from notification where compound_id = $1 and account_id = $2 and id = $3 and (read_at is not null or "
                + column(other) + " = 'REACHED')")
                .bind(told.person.homeCompoundId()).bind(told.person.accountId()).bind(told.messageId).exists();
    }

    private static String column(Medium medium) {
        return switch (medium) {
            case WECHAT -> "wechat";
            case SMS -> "sms";
        };
    }

    private static <T> T[] keys(List<Told> all, Function<Told, T> field, IntFunction<T[]> array) {
        return all.stream().map(field).toArray(array);
    }
}
