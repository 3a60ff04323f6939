import { ExportId } from '../../../contract/ids.ts';
import { updateFile, type FileOutcome } from '../../../main/exports/atomic-write.ts';
import { withVariables } from '../../../main/exports/file-content.ts';
import { ok, type Result } from '../../../main/lib/result.ts';
import { thisPerson } from '../../../main/lib/step-owners.ts';

const SHAPE = { id: ExportId.parse('abc123'), format: 'dotenv', mode: 'block', names: ['TOKEN'] } as const;

/** Writes one export's lines into a file, with the real writer; `random` is part of the temporary file's name. */
export function writeToken(file: string, token: string, random: string): Promise<Result<FileOutcome>> {
  return updateFile(
    file,
    (current) => {
      const bytes = withVariables(SHAPE, current, `TOKEN=${token}\n`);
      return bytes.ok ? ok({ kind: 'write', bytes: bytes.value }) : bytes;
    },
    { allowShared: false },
    { randomName: () => random, person: thisPerson() },
  );
}
