package gatehouse.gate;

/** Whose vehicle it is; {@code UTILITY}: repair of water, electricity, gas, lifts. */
enum EmergencyService {
    POLICE, AMBULANCE, FIRE, UTILITY
}
