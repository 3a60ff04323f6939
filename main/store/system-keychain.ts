import type { KeychainPort } from './keychain.ts';
import { nativeKeychain } from './native-keychain.ts';
import { SecretServiceKeychain } from './secret-service-keychain.ts';

/** The operating system's keychain: the Secret Service on Linux, elsewhere what keytar reaches. */
export const systemKeychain = (): KeychainPort =>
  process.platform === 'linux' ? new SecretServiceKeychain() : nativeKeychain;
