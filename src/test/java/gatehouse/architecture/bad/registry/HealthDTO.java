package gatehouse.architecture.bad.registry;

record HealthDTO() {
}
