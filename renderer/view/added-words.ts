import type { ExportView } from '../../contract/export.ts';

/** What came of keeping a new file out of Git; null: not asked for. */
export type GitOutcome = { kind: 'fine' } | { kind: 'ignored' } | { kind: 'failed'; message: string };

/** What was done with a new env file. Pure. */
export function addedWords(
  { file, status }: Pick<ExportView, 'file' | 'status'>,
  git: GitOutcome | null,
): string {
  const kept = `${file} is ${status.state === 'written' ? 'written and ' : ''}kept up to date.`;
  switch (git?.kind) {
    case 'ignored':
      return `${kept} It is in .gitignore now.`;
    case 'failed':
      return `${kept} It could not be kept out of Git: ${git.message}`;
    case 'fine':
    case undefined:
      return kept;
  }
}
