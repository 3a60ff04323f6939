import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../e2e/support/app.ts';

/** A fenced block of a document. */
export interface DocBlock {
  /** Of the nearest heading above. */
  heading: string;
  language: string;
  text: string;
}

/** The fenced blocks of one of our documents, in their order. */
export function docBlocks(file: string): DocBlock[] {
  const blocks: DocBlock[] = [];
  let heading = '';
  let open: DocBlock | null = null;
  for (const line of readFileSync(path.join(ROOT, file), 'utf8').split('\n')) {
    const fence = /^```(\w*)$/.exec(line);
    if (fence !== null && open !== null) {
      blocks.push(open);
      open = null;
    } else if (fence !== null) open = { heading, language: fence[1] ?? '', text: '' };
    else if (open !== null) open.text += `${line}\n`;
    else heading = /^#+ (.*)$/.exec(line)?.[1] ?? heading;
  }
  return blocks;
}
