package gatehouse.wechat;

import gatehouse.kernel.Statements;
import java.util.Optional;
import java.util.UUID;

/** Who the author of words is in a mini program. */
final class AuthorStore {
    private AuthorStore() {
    }

    record Author(String appId, byte[] openidHash, byte[] openidSealed) {
    }

    /** Of several mini programs the one that they were bound in last. */
    static Optional<Author> find(Statements in, UUID compound, UUID account, String[] appIds) {
        return in.sql("""
                select app_id, openid_hash, openid_sealed from wechat_login
                where compound_id = $1 and account_id = $2 and app_id = any($3) order by bound_at desc limit 1""")
                .bind(compound).bind(account).bind(appIds)
                .first(row -> new Author(row.getString("app_id"), row.getBuffer("openid_hash").getBytes(), row.getBuffer("openid_sealed").getBytes()));
    }
}
