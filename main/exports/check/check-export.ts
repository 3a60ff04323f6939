import { lstat } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import type { ExportCheck, ExportFinding } from '../../../contract/export-check.ts';
import type { ExportView } from '../../../contract/export.ts';
import { isoTime } from '../../lib/clock.ts';
import type { Result } from '../../lib/result.ts';
import { thisPerson } from '../../lib/step-owners.ts';
import type { ExportRecord } from '../../store/records.ts';
import type { WriteFailure, WriteResult } from '../write-result.ts';
import { gitState, isCommitted } from '../git-state.ts';
import { openersOf } from '../open-files.ts';
import { checkSteps, withoutOwners } from '../shared-folder.ts';
import { resolveTarget } from '../target-file.ts';
import { contentFinding, pipeFinding, setTwice } from './content-findings.ts';
import { accessFinding, direnvFindings, fine, gitFindings, mountFindings, wrong } from './findings.ts';
import { lastRead } from './last-read.ts';
import { mountedIn, ownMounts } from './mounted-in.ts';
import { mountOf } from './mounts.ts';
import { readerFindings } from './reader-findings.ts';
import { direnvOf, setElsewhere } from './surroundings.ts';

/** One export as it is checked. */
export interface CheckedExport {
  record: ExportRecord;
  view: ExportView;
  /** Every name that it can write. */
  names: readonly string[];
  /** How a write would end now; of a pipe, whether it could answer. */
  written: Result<WriteResult, WriteFailure>;
  /** Ids of others that write the same file. */
  others: readonly string[];
  /** Epoch ms. */
  now: number;
}

/** Looks at the file and at what is around it. Changes nothing; reads no value. */
export async function checkExport(checked: CheckedExport): Promise<ExportCheck> {
  const { record, view, names, others } = checked;
  const isPipe = record.mode === 'pipe';
  const walked = await resolveTarget(record.file).catch(() => null);
  const target = walked?.ok === true ? walked.value.path : record.file;
  const stat = await lstat(target, { bigint: true }).catch(() => null);
  const mounts = await ownMounts();
  const openedBy = stat === null ? [] : await openersOf(stat, path.basename(target));
  return {
    export: view,
    findings: [
      isPipe ? pipeFinding(checked, stat?.isFIFO() ?? null) : contentFinding(checked),
      ...(isPipe ? [] : await gitOf(target)),
      accessOf(target, walked, stat),
      ...(await overriddenOf(target, checked)),
      ...mountFindings(await mountedIn(target, mounts), { keepsFile: record.inPlace, isPipe }),
      ...direnvFindings(target, await direnvOf(target).catch(() => null)),
      ...others.map((id) => fine('shared', `The export ${id} keeps lines of its own in the same file.`)),
      ...readerFindings(record),
    ],
    lastRead:
      isPipe || stat === null
        ? readOfPipe(record)
        : lastRead({
            platform: process.platform,
            atimeNs: stat.atimeNs,
            mtimeNs: stat.mtimeNs,
            options: mountOf(mounts, target)?.options ?? null,
          }),
    openedBy,
    writes: record.writes.map(({ at, ...write }) => ({ at: isoTime(at), ...write })),
    variables: [...names],
  };
}

const readOfPipe = ({ readAt }: ExportRecord): ExportCheck['lastRead'] =>
  readAt === null ? { state: 'not-read' } : { state: 'read', at: isoTime(readAt) };

async function gitOf(target: string): Promise<ExportFinding[]> {
  const state = await gitState(target);
  return gitFindings(target, state, state === 'outside' ? false : await isCommitted(target));
}

function accessOf(
  target: string,
  walked: Awaited<ReturnType<typeof resolveTarget>> | null,
  stat: { mode: bigint } | null,
): ExportFinding {
  const person = thisPerson();
  const steps = walked?.ok === true ? checkSteps(walked.value.steps, person, true) : null;
  const type = person?.typeWithoutOwners(target) ?? null;
  const shared =
    (steps?.ok === true ? steps.value : null) ?? (type === null ? null : withoutOwners(target, type));
  if (steps?.ok === false)
    return wrong('access', steps.error.message, {
      ...(steps.error.hint !== undefined && { hint: steps.error.hint }),
    });
  return accessFinding(person === null || stat === null ? null : Number(stat.mode), shared);
}

async function overriddenOf(target: string, checked: CheckedExport): Promise<ExportFinding[]> {
  const { record, names } = checked;
  const elsewhere = await setElsewhere(target, record.id, names);
  return [
    ...setTwice(checked),
    ...elsewhere.map(({ file, name, line, readers }) =>
      wrong('overridden', `${readers} take ${name} from ${path.basename(file)}, line ${String(line)}.`, {
        hint: `Delete that line of ${file}, if the value is to come from Tokentray.`,
      }),
    ),
  ];
}
