package gatehouse.architecture.bad.kernel;

import gatehouse.architecture.bad.http.Door;

public record LooksUp(Door door) {
}
