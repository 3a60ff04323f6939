// Loaded before the program under test: gives it the stand-in where it asks for `electron`.
import { registerHooks } from 'node:module';
import process from 'node:process';

const standIn = new URL('./electron/index.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: standIn, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});

Object.defineProperty(process.versions, 'electron', { value: '45.4.1', enumerable: true });
Object.assign(process, { type: 'browser', defaultApp: true });
