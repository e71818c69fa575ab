package gatehouse.architecture.bad.http;

import gatehouse.architecture.bad.kernel.LooksUp;

public record Door(LooksUp back) {
}
