import { createHash } from 'node:crypto';

/** What is kept of a token: SHA-256, hex. Tokens are random, so that needs no salt. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');
