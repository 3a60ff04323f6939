// Preloaded: a macOS whose keychain hangs as a native call does, in a thread of the pool that nothing can end.
import { promises } from 'node:fs';
import Module from 'node:module';
import process from 'node:process';

const load = Module._load;
const hang = () => promises.open(process.env.HANGING_FIFO, 'r');
Module._load = (request, ...rest) =>
  request === 'keytar' ? { getPassword: hang, setPassword: hang } : load(request, ...rest);
Object.defineProperty(process, 'platform', { value: 'darwin' });
