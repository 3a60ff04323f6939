/**
 * Chromium knows no schemes of Electron's apps. `app://tokentray/page` is served to it as
 * `https://tokentray.app.invalid/page`: a secure origin of its own, as a registered scheme is, under a name that no
 * resolver answers (RFC 6761 §6.4). The program under test sees and gives only the address of its own scheme.
 */
export const toWeb = (address: string): string =>
  address.replace(
    /^(?!https?:|data:|about:|blob:|file:|chrome:)([a-z][a-z0-9+-]*):\/\/([^/?#]+)/i,
    'https://$2.$1.invalid',
  );

export const toOwn = (address: string): string =>
  address.replace(/^https:\/\/([^/?#]+)\.([a-z][a-z0-9+-]*)\.invalid(?=[/?#]|$)/i, '$2://$1');

export const isOwn = (address: string): boolean => toOwn(address) !== address;
