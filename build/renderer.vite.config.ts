import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { thirdPartyNotices } from './third-party.ts';

const root = path.resolve(import.meta.dirname, '..');

/** The window: one page for every host. Addresses are relative, and nothing is inlined (content security policy). */
export default defineConfig({
  root: path.join(root, 'renderer'),
  base: './',
  plugins: [react(), thirdPartyNotices('third-party.txt')],
  build: {
    outDir: path.join(root, 'out', 'renderer'),
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
});
