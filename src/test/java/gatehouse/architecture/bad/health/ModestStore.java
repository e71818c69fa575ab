package gatehouse.architecture.bad.health;

import gatehouse.kernel.Tx;

final class ModestStore {
    private ModestStore() {
    }

    static int one(Tx tx) {
        return tx.sql("select 1").update();
    }
}
