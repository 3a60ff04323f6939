import type { ExportFormat } from '../../../contract/export.ts';
import type { Failure } from '../../../contract/errors.ts';
import { commentOf } from '../layout.ts';
import { cleanText } from '../../lib/clean-text.ts';

const MOST_TEXT = 400;

/**
 * What a reader gets where there is no credential: a comment that says why, since no answer at all would leave it waiting. Without comments in
 * the format nothing, which its readers refuse as incomplete.
 */
export const insteadOfContent = (format: ExportFormat, { message, hint = '' }: Failure): Buffer =>
  Buffer.from(
    commentOf(format) === null
      ? ''
      : `${commentOf(format)} tokentray: no variables. ${cleanText(`${message} ${hint}`, MOST_TEXT)}\n`,
  );
