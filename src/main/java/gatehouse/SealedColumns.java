package gatehouse;

import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRingStore;
import gatehouse.kernel.SealedColumn;
import java.util.List;

/** All that is sealed at rest, where one can read it together; a test compares it with the schema. */
final class SealedColumns {
    private static final List<String> ROW = List.of("compound_id", "id");
    /** A picture may have some megabytes. */
    private static final int PHOTOS_AT_ONCE = 8;

    static final List<SealedColumn> ALL = List.of(
            SealedColumn.ofRow("resident", "phone_sealed", KeyPurpose.PHONE),
            SealedColumn.ofRow("resident", "id_number_sealed", KeyPurpose.ID_NUMBER),
            SealedColumn.ofRow("account", "phone_sealed", KeyPurpose.PHONE),
            SealedColumn.ofRow("visit", "phone_sealed", KeyPurpose.PHONE),
            SealedColumn.ofRow("visit", "id_number_sealed", KeyPurpose.ID_NUMBER),
            SealedColumn.of("wechat_login", "openid_sealed", KeyPurpose.OPENID, List.of("app_id", "openid_hash"), "wechat_login/{app_id}/{openid_hash}"),
            SealedColumn.of("wechat_binding", "openid_sealed", KeyPurpose.OPENID, List.of("token_hash"), "wechat_login/{app_id}/{openid_hash}"),
            new SealedColumn("photo", "full_sealed", KeyPurpose.PHOTO, ROW, "photo/{compound_id}/{id}/FULL", PHOTOS_AT_ONCE),
            new SealedColumn("photo", "thumbnail_sealed", KeyPurpose.PHOTO, ROW, "photo/{compound_id}/{id}/THUMBNAIL", PHOTOS_AT_ONCE),
            SealedColumn.of("wechat_token", "token_sealed", KeyPurpose.WECHAT_TOKEN, List.of("app_id"), "wechat_token/{app_id}"),
            KeyRingStore.KEPT_KEYS);

    private SealedColumns() {
    }
}
