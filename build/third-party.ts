import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'rolldown';

interface Manifest {
  name: string;
  version: string;
  license?: string;
}

/** The folder of the npm package that a module belongs to; null for a module of ours. */
function packageFolder(moduleId: string): string | null {
  const found = /^\0?(.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+)[/\\]/.exec(moduleId);
  return found?.[1] ?? null;
}

function notice(folder: string): string {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)([.-].*)?$/i.test(name));
  const text =
    file === undefined ? 'No licence text in the package.' : readFileSync(path.join(folder, file), 'utf8');
  return `${manifest.name} ${manifest.version} (${manifest.license ?? 'see below'})\n\n${text.trim()}\n`;
}

/** Writes the licences of the npm packages whose code is in a bundle beside it, as they ask for. */
export const thirdPartyNotices = (fileName: string): Plugin => ({
  name: 'third-party-notices',
  generateBundle(_options, bundle) {
    const folders = new Set<string>();
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      for (const id of chunk.moduleIds) {
        const folder = packageFolder(id);
        if (folder !== null) folders.add(folder);
      }
    }
    if (folders.size === 0) return;
    const source = [...folders]
      .sort()
      .map(notice)
      .join(`\n${'-'.repeat(80)}\n\n`);
    this.emitFile({ type: 'asset', fileName, source });
  },
});
