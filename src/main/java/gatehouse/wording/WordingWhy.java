package gatehouse.wording;

/** Why words are held: on the list, a phone or ID number, risky to WeChat, or WeChat could not be asked. */
enum WordingWhy { LISTED, PERSONAL, RISKY, UNCHECKED }
