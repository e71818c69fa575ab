package gatehouse.audit;

/**
 * How a chain can be broken: an entry is missing, was changed, does not follow the one before it, was sealed with a key that this
 * process does not hold, belongs to a disclosure that was changed or removed, was blanked without a certificate (or is a certificate
 * that does not fit what was blanked), is not the end that the head names, or is not the one that was noted outside the database.
 */
public enum AuditFault {
    MISSING, ALTERED, UNLINKED, UNKNOWN_KEY, DISCLOSURE_ALTERED, UNCERTIFIED, HEAD_ALTERED, NOT_AS_NOTED
}
