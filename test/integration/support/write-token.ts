import type { EnvFormat } from '../../../contract/export.ts';
import { ExportId } from '../../../contract/ids.ts';
import { updateFile, type FileOutcome } from '../../../main/exports/atomic-write.ts';
import { withVariables } from '../../../main/exports/file-content.ts';
import { DIALECTS } from '../../../main/exports/render.ts';
import { ok, type Result } from '../../../main/lib/result.ts';
import { thisPerson } from '../../../main/lib/step-owners.ts';

const NAME = 'TOKEN';

/** Writes one export's lines into a file, with the real writer; `random` is part of the temporary file's name. */
export function writeToken(
  file: string,
  token: string,
  random: string,
  format: EnvFormat = 'dotenv',
): Promise<Result<FileOutcome>> {
  const dialect = DIALECTS[format];
  if (dialect.of !== 'variables') throw new Error(`${format} holds no variables`);
  const mode = dialect.placement.kind === 'block' ? 'block' : 'whole';
  const shape = { id: ExportId.parse('abc123'), format, mode, names: [NAME] } as const;
  return updateFile(
    file,
    (current) => {
      const text = dialect.render([{ name: NAME, value: token, secret: true }]);
      const bytes = text.ok ? withVariables(shape, current, text.value) : text;
      return bytes.ok ? ok({ kind: 'write', bytes: bytes.value }) : bytes;
    },
    { allowShared: false },
    { randomName: () => random, person: thisPerson() },
  );
}
