package gatehouse.kernel;

import static gatehouse.kernel.KeyPurpose.AfterRetirement.GONE;
import static gatehouse.kernel.KeyPurpose.AfterRetirement.KEPT;
import static gatehouse.kernel.KeyPurpose.AfterRetirement.REHASHED;
import static gatehouse.kernel.KeyPurpose.AfterRetirement.RESEALED;

/** What keys are derived for, each from the master and its own name, and what becomes of it when the master has left the ring. */
public enum KeyPurpose {
    PHONE("phone", RESEALED),
    ID_NUMBER("id-number", RESEALED),
    OPENID("openid", RESEALED),
    PHOTO("photo", RESEALED),
    WECHAT_TOKEN("wechat-token", RESEALED),
    /** Seals the derived keys that are {@link AfterRetirement#KEPT}. */
    KEPT_KEY("kept-key", RESEALED),

    PHONE_SEARCH("search:phone", REHASHED),
    ID_NUMBER_SEARCH("search:id-number", REHASHED),
    /** An openid is as hard to guess as a key. */
    OPENID_SEARCH("search:openid", KEPT),
    INVITATION_SEARCH("search:invitation", KEPT),
    RESET_SEARCH("search:reset", KEPT),
    VISIT_SEARCH("search:visit", KEPT),
    PICKUP_SEARCH("search:pickup", KEPT),
    WECHAT_BINDING_SEARCH("search:wechat-binding", KEPT),
    WECHAT_PUSH_SEARCH("search:wechat-push", KEPT),
    REQUEST_SEARCH("search:request", KEPT),
    SCENE_SEARCH("search:scene", KEPT),
    PORTAL_LOGIN_SEARCH("search:portal-login", KEPT),
    PORTAL_LOGIN_SCENE_SEARCH("search:portal-login-scene", KEPT),
    PORTAL_LOGIN_PHONE_SEARCH("search:portal-login-phone", KEPT),
    /** Whose guesses are counted, for some hours. */
    PHONE_GUESS_SEARCH("search:phone-guess", KEPT),
    ACCOUNT_SEARCH("search:account", KEPT),
    SOURCE_SEARCH("search:source", KEPT),
    NO_PHONE_SEARCH("search:no-phone", KEPT),
    PHONE_AT_SOURCE_SEARCH("search:phone-at-source", KEPT),
    CODE_TYPIST_SEARCH("search:code-typist", KEPT),
    CODE_PLACE_SEARCH("search:code-place", KEPT),

    /** An old entry is verified by the key that sealed it, for ever. */
    AUDIT("audit", KEPT),
    /** Codes that hang on doors or lie in somebody's message. */
    INVITATION_CODE("invitation-code", KEPT),
    RESET_CODE("reset-code", KEPT),
    VISIT_CODE("visit-code", KEPT),
    PICKUP_CODE("pickup-code", KEPT),
    COURIER_LINK("courier-link", KEPT),

    ACCESS_TOKEN("access-token", GONE),
    /** Only the grace for a lost reply is lost with it. */
    REFRESH_TOKEN("refresh-token", GONE),
    /** What was drawn stays good by its hash. */
    SCENE("scene", GONE),
    PASS_CODE_SIGNATURE("pass-code-signature", GONE),
    PASS_CODE_SEAL("pass-code-seal", GONE),
    PASS_CODE_TYPED("pass-code-typed", GONE),
    /** A backup is read as long as somebody has the key that it was sealed by. */
    BACKUP("backup", GONE),
    DATABASE_CHECK("database-check", GONE);

    enum AfterRetirement {
        /** Nothing is left that it sealed: all was sealed anew. */
        RESEALED,
        /** What it found was hashed anew, so that a number that somebody knows cannot be looked for by it. */
        REHASHED,
        /** The derived key, not the master, stays in the database, sealed by the current one. */
        KEPT,
        /** What it made dies with it. */
        GONE
    }

    private final String text;
    private final AfterRetirement afterRetirement;

    KeyPurpose(String text, AfterRetirement afterRetirement) {
        this.text = text;
        this.afterRetirement = afterRetirement;
    }

    /** As it goes into the derivation; never to be changed. */
    String text() {
        return text;
    }

    boolean isKept() {
        return afterRetirement == KEPT;
    }

    boolean isRehashed() {
        return afterRetirement == REHASHED;
    }
}
