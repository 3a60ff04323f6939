import process from 'node:process';
import { openKeychainCalls } from '../store/native-keychain.ts';

/** Ends the process immediately. A hanging keychain call would keep `exit` from ending it. */
export function endNow(code: number, exit: (code: number) => void): void {
  if (openKeychainCalls() > 0) process.kill(process.pid, 'SIGKILL');
  else exit(code);
}
