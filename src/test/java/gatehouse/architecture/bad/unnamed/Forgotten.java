package gatehouse.architecture.bad.unnamed;

record Forgotten() {
}
