import path from 'node:path';
import type { McpScope } from '../../contract/mcp-files.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { McpClient, Surroundings } from './clients/client.ts';

/** A file of a client. */
export interface Located {
  readonly file: string;
  readonly scope: McpScope;
  /** Has to be there; folders between it and the file are created. */
  readonly base: string;
}

/** Where a client's file is. `invalid-input` for a project's if the client reads none. */
export function locate(
  client: McpClient,
  { scope = 'user', folder }: { scope?: McpScope | undefined; folder?: string | undefined },
  surroundings: Surroundings,
): Result<Located> {
  if (scope === 'user') {
    const file = client.userFile(surroundings);
    return file !== null && path.isAbsolute(file)
      ? ok({ file, scope, base: surroundings.home })
      : fail(
          'failed',
          `There is no home folder for the file of ${client.name}.`,
          'Set HOME, then start the app again.',
        );
  }
  if (client.projectFile === null)
    return fail('invalid-input', `${client.name} reads no file in a project.`, 'Leave out --project.');
  if (folder === undefined || !path.isAbsolute(folder))
    return fail('invalid-input', 'The project’s folder is missing, or is not a full path.');
  return ok({ file: path.join(folder, ...client.projectFile), scope, base: folder });
}
