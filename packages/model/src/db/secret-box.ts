import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { DrydockError } from '../domain/drydock-error.js';

const nonceBytes = 12;
const tagBytes = 16;
const keyBytes = 32;

/** Seals credentials for the database: AES-256-GCM, a fresh nonce each, nonce and tag before the text. */
export class SecretBox {
  private readonly key: Buffer;

  /** @param keyText 32 bytes in hex or base64, as in the file that `DRYDOCK_SECRET_KEY_FILE` names */
  constructor(keyText: string) {
    this.key = decodeKey(keyText.trim());
  }

  seal(plain: string): Buffer {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce);
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /** @throws DrydockError `secret_unreadable` when the key is not the one that sealed it */
  open(sealed: Buffer): string {
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.key, sealed.subarray(0, nonceBytes));
      decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
      const plain = [decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()];
      return Buffer.concat(plain).toString('utf8');
    } catch (cause) {
      throw new DrydockError(
        'secret_unreadable',
        'a stored credential cannot be opened: DRYDOCK_SECRET_KEY_FILE is not the key that sealed it',
        { cause },
      );
    }
  }
}

function decodeKey(text: string): Buffer {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (key.length === keyBytes) return key;
  throw new DrydockError(
    'invalid_configuration',
    `DRYDOCK_SECRET_KEY_FILE must hold ${keyBytes} bytes in hex or base64, not ${key.length}`,
  );
}
