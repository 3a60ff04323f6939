import { hash, randomBytes } from 'node:crypto';

/** Every key of a consumer begins so. */
export const KEY_PREFIX = 'ttk_';

/** 32 bytes in base64url. */
const KEY_LENGTH = KEY_PREFIX.length + 43;

/** How much of a key is kept to tell keys apart: 6 of its 43 random characters. */
const START_LENGTH = KEY_PREFIX.length + 6;

/** A key with 256 random bits. */
export const newKey = (random: (bytes: number) => Uint8Array = randomBytes): string =>
  KEY_PREFIX + Buffer.from(random(32)).toString('base64url');

/** False for what cannot be a key, whatever keys there are. */
export const looksLikeKey = (text: string): boolean =>
  text.length === KEY_LENGTH && text.startsWith(KEY_PREFIX);

/** The only form in which a key is kept: its SHA-256, hex. A key is random, so nobody can guess it from there. */
export const hashKey = (key: string): string => hash('sha256', key, 'hex');

export const keyStart = (key: string): string => key.slice(0, START_LENGTH);
