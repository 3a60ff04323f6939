import { REDACTED } from './redact.ts';

/** So many characters of a secret in a row are taken for a part of it; a shorter secret is looked for as a whole. */
const PIECE = 12;
/** Shorter ones would be found all over a text. */
const SHORTEST = 4;

/**
 * A text without what is known to be secret, whole or in part: as it is, in another case, in JSON, in an address, in
 * HTML, in hexadecimal, and in Base64 with whatever before and after it. Pure.
 */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const pieces = new Set<string>();
  const whole = new Set<string>();
  for (const form of secrets.flatMap(formsOf).map(inLowerCase)) {
    if (form.length < PIECE) {
      if (form.length >= SHORTEST) whole.add(form);
    } else for (let at = 0; at + PIECE <= form.length; at += 1) pieces.add(form.slice(at, at + PIECE));
  }
  const searched = inLowerCase(text);
  const isHidden = new Uint8Array(text.length);
  for (let at = 0; at + PIECE <= text.length; at += 1)
    if (pieces.has(searched.slice(at, at + PIECE))) isHidden.fill(1, at, at + PIECE);
  for (const form of whole)
    for (let at = searched.indexOf(form); at >= 0; at = searched.indexOf(form, at + 1))
      isHidden.fill(1, at, at + form.length);
  let shown = '';
  for (let at = 0; at < text.length; at += 1) {
    if (isHidden[at] === 0) shown += text.charAt(at);
    else if (isHidden[at - 1] !== 1) shown += REDACTED;
  }
  return shown;
}

/** Without changing the length, as `toLowerCase` may. */
const inLowerCase = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    // As PHP writes JSON, and as templates write HTML
    secret.replaceAll('/', '\\/'),
    secret.replaceAll('/', '&#x2f;'),
    new URLSearchParams({ x: secret }).toString().slice(2),
    secret.isWellFormed() ? encodeURIComponent(secret) : secret,
    secret.replace(/[&<>"]/g, (character) => HTML[character] ?? ''),
    bytes.toString('hex'),
    ...[0, 1, 2].flatMap((before) => {
      // Three bytes are four characters: those at the ends depend on the neighbours.
      const base64 = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
      const inner = base64.slice(before === 0 ? 0 : 4, -4);
      return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
    }),
  ];
}
