package gatehouse.architecture.bad.registry;

record HealthHelper() {
}
