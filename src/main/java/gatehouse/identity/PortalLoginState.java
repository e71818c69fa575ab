package gatehouse.identity;

/** How far the login of a browser by a phone has come; {@code EXPIRED} is kept in no row. */
enum PortalLoginState { WAITING, SCANNED, CONFIRMED, REFUSED, USED, EXPIRED }
