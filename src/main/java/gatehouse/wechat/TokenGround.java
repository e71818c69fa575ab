package gatehouse.wechat;

import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.KeyRing;

/** Where the access tokens are kept. */
record TokenGround(Database database, BusinessClock clock, KeyRing keys) {
}
