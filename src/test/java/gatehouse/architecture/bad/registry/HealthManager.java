package gatehouse.architecture.bad.registry;

record HealthManager() {
}
