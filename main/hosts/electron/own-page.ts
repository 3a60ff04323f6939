export const APP_SCHEME = 'app';
export const APP_HOST = 'tokentray';
/** Address of the one page. */
export const APP_PAGE = `${APP_SCHEME}://${APP_HOST}/`;

/** Whether this is an address of our own page. Parsed, because comparing prefixes would allow `app://tokentray.evil`. */
export function isOwnPage(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return protocol === `${APP_SCHEME}:` && host === APP_HOST && username === '' && password === '';
}
