import { fail, ok, type Result } from '../lib/result.ts';

const MARK = '\ufeff';

/** The text of a file; `mark`: it starts with a byte order mark, which is not part of the text. */
export interface FileText {
  readonly mark: boolean;
  readonly text: string;
}

/** Null stands for no file. `conflict` for bytes that would not be the same when written again. */
export function textOf(bytes: Buffer | null): Result<FileText> {
  if (bytes === null) return ok({ mark: false, text: '' });
  const whole = bytes.toString('utf8');
  if (whole.includes('\0') || !Buffer.from(whole, 'utf8').equals(bytes))
    return fail('conflict', 'It is not UTF-8 text.', 'Save it as UTF-8 in an editor, then try again.');
  const mark = whole.startsWith(MARK);
  return ok({ mark, text: mark ? whole.slice(1) : whole });
}

export const bytesOf = ({ mark, text }: FileText): Buffer => Buffer.from((mark ? MARK : '') + text, 'utf8');
