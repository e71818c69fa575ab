package gatehouse.identity;

/** What a picture holds: a mini program's own code, or an ordinary QR code with a link to the portal. */
public enum PictureKind { MINI_PROGRAM, LINK }
