import { pathFault as fullPathFault } from '../../contract/path-fault.ts';
import { faultText } from './field-fault.ts';

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

/** The full path of a file, or one in the person's home folder. */
export const pathFault: Check = (text) => {
  const fault = fullPathFault(text.trim());
  return fault && faultText(fault);
};

/** The full path of a file that the core reads as it is. */
export const fullPathWithoutHome: Check = (text) =>
  /^(?:\/|[A-Za-z]:[\\/]|\\\\)/.test(text.trim()) ? null : 'Enter the full path, such as /etc/ssl/acme.pem.';

const PROXY = 'Enter it as http://host:port, https://host:port or socks5://host:port.';

/** A proxy; `http:` may be left out. Its password has a field of its own. */
export const proxyFault: Check = (text) => {
  const typed = text.trim();
  const url = URL.parse(/^[a-z0-9]+:\/\//i.test(typed) ? typed : `http://${typed}`);
  if (url === null || !/^(?:https?|socks[45]?h?):$/.test(url.protocol) || url.hostname === '') return PROXY;
  if (url.password !== '') return 'The password has a field of its own, where it is encrypted.';
  return url.pathname.length > 1 || url.search !== '' || url.hash !== ''
    ? `${PROXY} Nothing follows the port.`
    : null;
};

/** Where a proxy configuration script is. */
export const scriptFault: Check = (text) =>
  fullPathWithoutHome(text) === null || /^https?:\/\/[^\s/]/i.test(text.trim())
    ? null
    : 'Enter an address, such as http://wpad/wpad.dat, or the full path of a file.';

/** At least so many characters. */
export const lengthFault =
  (least: number): Check =>
  (text) =>
    text.length < least ? `Too short: at least ${least} characters.` : null;
