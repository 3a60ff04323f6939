/** What is wrong with a text, in a sentence; null: nothing. */
export type Check = (text: string) => string | null;

/** An e-mail address: something, @, a host. What exactly a provider takes, it says itself. */
export const emailFault: Check = (text) =>
  /^[^\s@]+@[^\s@]+$/.test(text.trim()) ? null : 'Enter an e-mail address, such as ana@example.com.';

/** An address; `https:` may be left out, as people do. */
export const addressFault: Check = (text) => {
  const typed = text.trim();
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`);
  return url !== null && /^https?:$/.test(url.protocol) && !/\s/.test(typed)
    ? null
    : 'Enter an address, such as https://example.com.';
};

/** A whole number in a range, both ends included. */
export const numberFault =
  (min: number, max: number): Check =>
  (text) => {
    const number = /^\d{1,15}$/.test(text.trim()) ? Number(text) : Number.NaN;
    return number >= min && number <= max ? null : `Enter a whole number from ${min} to ${max}.`;
  };
