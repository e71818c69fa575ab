package gatehouse.backup;

import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRing;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Objects;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A stream of any length sealed by the key ring: the line {@value #MAGIC}, a line with the key's id, 16 random bytes, then frames of at
 * most 1 MiB. Each file has a key of its own (HMAC of those bytes by the ring's key for backups); frames are sealed with AES-GCM, their
 * number as nonce, and the last one says so: frames that were changed, moved, left out or cut off are found.
 */
final class SealedFile {
    private static final String MAGIC = "GATEHOUSE BACKUP 1";
    private static final int SALT_BYTES = 16;
    private static final int FRAME_BYTES = 1 << 20;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int TAG_BYTES = TAG_BITS / 8;
    private static final int LONGEST_LINE = 64;

    private SealedFile() {
    }

    static OutputStream seal(OutputStream raw, KeyRing keys) throws IOException {
        var salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        var begin = (MAGIC + '\n' + keys.currentId() + '\n').getBytes(StandardCharsets.US_ASCII);
        raw.write(begin);
        raw.write(salt);
        return new Sealing(new DataOutputStream(raw), new Frames(fileKey(keys, keys.currentId(), salt), begin));
    }

    /** @throws IOException where it is no backup, or sealed by a key that the ring lacks; reading says what was changed or cut off */
    static InputStream open(InputStream raw, KeyRing keys) throws IOException {
        var in = new DataInputStream(raw);
        if (!MAGIC.equals(line(in))) {
            throw new IOException("is not a backup made by Gatehouse");
        }
        var keyId = line(in);
        if (!keys.ids().contains(keyId)) {
            throw new IOException("is sealed by the key " + keyId + ", which this process does not have");
        }
        var salt = in.readNBytes(SALT_BYTES);
        var begin = (MAGIC + '\n' + keyId + '\n').getBytes(StandardCharsets.US_ASCII);
        return new Opening(in, new Frames(fileKey(keys, keyId, salt), begin));
    }

    private static byte[] fileKey(KeyRing keys, String keyId, byte[] salt) {
        return KeyRing.hmac(Objects.requireNonNull(keys.derive(keyId, KeyPurpose.BACKUP)), salt);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int each = in.read(); each != '\n'; each = in.read()) {
            if (each < 0 || line.length() == LONGEST_LINE) {
                throw new IOException("is not a backup made by Gatehouse");
            }
            line.append((char) each);
        }
        return line.toString();
    }

    /** One frame after the other, counted. */
    private static final class Frames {
        private final SecretKeySpec key;
        private final byte[] begin;
        private long number;

        Frames(byte[] key, byte[] begin) {
            this.key = new SecretKeySpec(key, "AES");
            this.begin = begin;
        }

        byte[] next(int mode, boolean last, byte[] input, int length) throws GeneralSecurityException {
            var nonce = ByteBuffer.allocate(NONCE_BYTES).putInt(0).putLong(number).array();
            number++;
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(begin);
            cipher.updateAAD(new byte[] {(byte) (last ? 1 : 0)});
            return cipher.doFinal(input, 0, length);
        }
    }

    private static final class Sealing extends OutputStream {
        private final DataOutputStream out;
        private final Frames frames;
        private final byte[] frame = new byte[FRAME_BYTES];
        private int filled;
        private boolean closed;

        Sealing(DataOutputStream out, Frames frames) {
            this.out = out;
            this.frames = frames;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int done = 0;
            while (done < length) {
                if (filled == FRAME_BYTES) {
                    emit(false);
                }
                int more = Math.min(length - done, FRAME_BYTES - filled);
                System.arraycopy(bytes, from + done, frame, filled, more);
                filled += more;
                done += more;
            }
        }

        private void emit(boolean last) throws IOException {
            try {
                var sealed = frames.next(Cipher.ENCRYPT_MODE, last, frame, filled);
                out.writeBoolean(last);
                out.writeInt(sealed.length);
                out.write(sealed);
                filled = 0;
            } catch (GeneralSecurityException missing) {
                throw new IllegalStateException(missing);
            }
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                emit(true);
                out.flush();
            }
        }
    }

    private static final class Opening extends InputStream {
        private final DataInputStream in;
        private final Frames frames;
        private byte[] frame = new byte[0];
        private int read;
        private boolean last;

        Opening(DataInputStream in, Frames frames) {
            this.in = in;
            this.frames = frames;
        }

        @Override
        public int read() throws IOException {
            return fill() ? frame[read++] & 0xff : -1;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int some = Math.min(length, frame.length - read);
            System.arraycopy(frame, read, bytes, from, some);
            read += some;
            return some;
        }

        /** False at the end. */
        private boolean fill() throws IOException {
            while (read == frame.length) {
                if (last) {
                    return false;
                }
                next();
            }
            return true;
        }

        private void next() throws IOException {
            try {
                last = in.readBoolean();
                int length = in.readInt();
                if (length < TAG_BYTES || length > FRAME_BYTES + TAG_BYTES) {
                    throw new IOException("was changed, or is damaged");
                }
                var sealed = in.readNBytes(length);
                if (sealed.length < length) {
                    throw new EOFException();
                }
                frame = frames.next(Cipher.DECRYPT_MODE, last, sealed, length);
                read = 0;
                if (last && in.read() >= 0) {
                    throw new IOException("has something behind its end");
                }
            } catch (EOFException cut) {
                throw new IOException("is cut short", cut);
            } catch (AEADBadTagException tampered) {
                throw new IOException("was changed, or is damaged", tampered);
            } catch (GeneralSecurityException missing) {
                throw new IllegalStateException(missing);
            }
        }
    }
}
