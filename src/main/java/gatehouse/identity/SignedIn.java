package gatehouse.identity;

/** Tokens fresh from the press, and whose they are. */
record SignedIn(String accessToken, String refreshToken, Profile account) {
    @Override
    public String toString() {
        return "SignedIn[account=" + account.id() + "]";
    }
}
