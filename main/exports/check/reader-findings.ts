import type { ExportFinding } from '../../../contract/export-check.ts';
import { PIPE_LIMITS } from '../../../contract/export-limits.ts';
import type { ExportRecord } from '../../store/records.ts';
import { fine } from './findings.ts';

/** Pure: what a reader has to know of how the file is kept. */
export function readerFindings({ mode, inPlace }: Pick<ExportRecord, 'mode' | 'inPlace'>): ExportFinding[] {
  if (mode === 'pipe') return PIPE_LIMITS.map((limit) => fine('reader', limit));
  if (!inPlace) return [];
  return [fine('reader', 'Written in place: a program that reads during a write can see half of it.')];
}
