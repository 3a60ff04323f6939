import type { ConnectionView } from '../../../contract/connection.ts';
import type { CommandUse as Command } from '../../../contract/example.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { runLine } from '../../view/use/command.ts';
import { USUAL_PRESET } from '../../view/use/use-words.ts';
import { CodeBlock, PartHead } from './part.tsx';

interface CommandUseProps {
  connection: ConnectionView;
  command: Command;
  /** Null: none serves it. */
  preset: string | null;
}

/** A command with the connection's variables. */
export function CommandUse({ connection, command, preset }: CommandUseProps) {
  if (preset === null) return null;
  const line = runLine(command, connection, {
    preset: preset === USUAL_PRESET ? null : preset,
    program: 'npm run sync',
  });
  return (
    <section aria-label="Command">
      <PartHead title="Command" about="nothing on disk">
        <CopyButton text={line} what="command" />
      </PartHead>
      <CodeBlock text={line} label="Command to run" />
    </section>
  );
}
