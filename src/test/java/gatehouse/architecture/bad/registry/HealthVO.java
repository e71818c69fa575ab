package gatehouse.architecture.bad.registry;

record HealthVO() {
}
