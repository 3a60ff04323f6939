export const APP_SCHEME = 'app';
export const APP_HOST = 'tokentray';
/** Address of the one page. */
export const APP_PAGE = `${APP_SCHEME}://${APP_HOST}/`;

/** Whether the address is of our own page. Parsed, as comparing beginnings lets `app://tokentray.evil` in. */
export function isOwnPage(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return protocol === `${APP_SCHEME}:` && host === APP_HOST && username === '' && password === '';
}
