/** Shorter ones are not masked: they would be found all over the output, and the bullets would tell where. */
export const SHORTEST = 4;
/** Of an encoded form without its ends: shorter ones would be found by chance. */
const SHORTEST_ENCODED = 8;

/**
 * How a secret can show in a program's output, as bytes, the longest first: as it is, each line of it, in JSON, in an
 * address, and in Base64 with whatever before and after it, as in `Basic` credentials. Pure.
 */
export function secretForms(secrets: readonly string[]): Buffer[] {
  const forms = new Set<string>();
  const add = (form: string): void => {
    if (form.length >= SHORTEST) forms.add(form);
  };
  for (const secret of secrets) {
    add(secret);
    const lines = secret.split(/\r?\n/);
    if (lines.length > 1) {
      add(lines.join('\r\n'));
      for (const each of lines) if (each.length >= SHORTEST_ENCODED) add(each);
    }
    add(JSON.stringify(secret).slice(1, -1));
    if (secret.isWellFormed()) {
      const encoded = encodeURIComponent(secret);
      add(encoded);
      add(encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()));
      add(new URLSearchParams({ x: secret }).toString().slice(2));
    }
    for (const form of base64Forms(Buffer.from(secret))) forms.add(form);
  }
  return [...forms].map((form) => Buffer.from(form)).toSorted((one, other) => other.length - one.length);
}

/**
 * What of a secret's Base64 is the same whatever precedes and follows it: three bytes are four characters, so there are three
 * of them, each without the characters at its ends that depend on the neighbours.
 */
function base64Forms(secret: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), secret]).toString('base64');
    const first = before === 0 ? 0 : before + 1;
    const whole = Math.floor(((before + secret.length) * 8) / 6);
    const core = text.slice(first, whole);
    if (core.length < SHORTEST_ENCODED) return [];
    const ended = before === 0 ? [text] : [text.slice(first)];
    return [core, ...ended].flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
  });
}
