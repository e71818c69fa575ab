package gatehouse.architecture.bad.registry;

record HealthUtil() {
}
