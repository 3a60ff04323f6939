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
  const searched = inLowerCase(text);
  const isHidden = new Uint8Array(text.length);
  const pieces = piecesOf(searched);
  for (const form of new Set(secrets.flatMap(formsOf).map(inLowerCase))) {
    if (form.length < SHORTEST) continue;
    if (form.length >= PIECE) hidePieces(form, pieces, isHidden);
    else
      for (let at = searched.indexOf(form); at >= 0; at = searched.indexOf(form, at + 1))
        isHidden.fill(1, at, at + form.length);
  }
  let shown = '';
  for (let at = 0; at < text.length; at += 1) {
    if (isHidden[at] === 0) shown += text.charAt(at);
    else if (isHidden[at - 1] !== 1) shown += REDACTED;
  }
  return shown;
}

/** The pieces of a text, and where they are: it is short, and a secret may be long. */
interface Pieces {
  places: ReadonlyMap<string, readonly number[]>;
  /** By `markOf`: what is not in here is no piece. Most of a secret need not be cut into pieces then. */
  marks: Uint8Array;
}

const markOf = (text: string, at: number): number =>
  (text.charCodeAt(at) * 961 + text.charCodeAt(at + 5) * 31 + text.charCodeAt(at + PIECE - 1)) & 0xffff;

function piecesOf(text: string): Pieces {
  const places = new Map<string, number[]>();
  const marks = new Uint8Array(0x10000);
  for (let at = 0; at + PIECE <= text.length; at += 1) {
    const piece = text.slice(at, at + PIECE);
    const known = places.get(piece);
    if (known === undefined) places.set(piece, [at]);
    else known.push(at);
    marks[markOf(text, at)] = 1;
  }
  return { places, marks };
}

function hidePieces(form: string, { places, marks }: Pieces, isHidden: Uint8Array): void {
  const done = new Set<string>();
  for (let at = 0; at + PIECE <= form.length; at += 1) {
    if (marks[markOf(form, at)] === 0) continue;
    const piece = form.slice(at, at + PIECE);
    const found = places.get(piece);
    if (found === undefined || done.has(piece)) continue;
    done.add(piece);
    for (const place of found) isHidden.fill(1, place, place + PIECE);
  }
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
