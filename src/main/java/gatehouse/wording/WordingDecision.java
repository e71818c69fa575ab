package gatehouse.wording;

/** What staff decide about words that are held. */
enum WordingDecision { SHOW, REFUSE }
