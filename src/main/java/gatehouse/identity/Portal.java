package gatehouse.identity;

/** Whose pages somebody logs in to. */
enum Portal { RESIDENT, STAFF }
