package gatehouse.registry;

/** How closely a compound is managed (管控等级). */
public enum ControlLevel {
    NORMAL, CONTROLLED, SEALED
}
