package gatehouse;

import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRingStore;
import gatehouse.kernel.SealedColumn;
import gatehouse.kernel.SearchColumn;
import java.util.List;
import java.util.Optional;

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

    /** What is found by a hash that is made anew when its key goes. */
    static final List<SearchColumn> SEARCHED = List.of(
            new SearchColumn(sealed("resident", "phone_sealed"), "phone_hash", KeyPurpose.PHONE_SEARCH, Optional.empty()),
            new SearchColumn(sealed("resident", "id_number_sealed"), "id_number_hash", KeyPurpose.ID_NUMBER_SEARCH, Optional.empty()),
            new SearchColumn(sealed("account", "phone_sealed"), "phone_hash", KeyPurpose.PHONE_SEARCH, Optional.of("account_login")));

    private static SealedColumn sealed(String table, String column) {
        return ALL.stream().filter(each -> each.table().equals(table) && each.column().equals(column)).findFirst().orElseThrow();
    }

    private SealedColumns() {
    }
}
