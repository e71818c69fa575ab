package gatehouse.door;

/** How far a household's wish is, that things be brought to its door. */
enum DoorArrangementState { ASKED, GRANTED, REFUSED, ENDED }
