package gatehouse.architecture.bad.health;

import gatehouse.architecture.bad.http.Door;

record LooksDown(Door door) {
}
