package gatehouse.architecture.bad.registry;

record HealthImpl() {
}
