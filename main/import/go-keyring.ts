const ENCODED = /^go-keyring-(?:base64|encoded):/;

/** An item as github.com/zalando/go-keyring stores it: encoded, with a prefix that says so, where the keychain needs it. */
export function goKeyringBytes(stored: string): Buffer {
  const [prefix] = ENCODED.exec(stored) ?? [];
  if (prefix === undefined) return Buffer.from(stored);
  const encoded = stored.slice(prefix.length);
  return Buffer.from(encoded, prefix.includes('base64') ? 'base64' : 'hex');
}

export const goKeyringText = (stored: string): string => goKeyringBytes(stored).toString('utf8').trim();
