import { readNativeItem } from './native-keychain.ts';
import { SecretServiceKeychain } from './secret-service-keychain.ts';

/** A person may have to type the password of the keychain first. */
const LIMIT_MS = 60_000;

/**
 * An item that another program put into the keychain. Null when there is none, or the keychain refuses or does not answer.
 * On Linux it has the attributes `service` and `username`, which Python's keyring and go-keyring both set. `buses`: the
 * session buses that callers have.
 */
export async function otherKeychainItem(
  service: string,
  account: string,
  buses: readonly string[],
): Promise<string | null> {
  if (process.platform !== 'linux') return readNativeItem(service, account).catch(() => null);
  const keychain = new SecretServiceKeychain(undefined, undefined, undefined, (username) => ({
    service,
    username,
  }));
  for (const bus of buses) keychain.sessions.add(bus);
  const limit = setTimeout(() => {
    keychain.close();
  }, LIMIT_MS);
  try {
    const answer = await keychain.read(account);
    return answer.kind === 'found' ? answer.secret : null;
  } catch {
    return null;
  } finally {
    clearTimeout(limit);
    keychain.close();
  }
}
