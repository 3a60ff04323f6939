/** The shortest passphrase of a backup, in characters: whoever has the file can try as many as they like. */
export const LEAST_PASSPHRASE = 12;

/** Crockford's: no letters that look like digits or like each other. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const GROUPS = 5;
const GROUP_LENGTH = 5;

/** How many random bytes `passphraseOf` takes. */
export const PASSPHRASE_BYTES = GROUPS * GROUP_LENGTH;

/** A passphrase of 125 bits to write down, like `7k2fx-…`. Pure. */
export function passphraseOf(random: Uint8Array): string {
  const letters = [...random].slice(0, PASSPHRASE_BYTES).map((byte) => LETTERS.charAt(byte % LETTERS.length));
  const groups = Array.from({ length: GROUPS }, (_, group) =>
    letters.slice(group * GROUP_LENGTH, (group + 1) * GROUP_LENGTH).join(''),
  );
  return groups.join('-');
}
