import { useEffect, useState } from 'react';
import type { ConnectionView } from '../../../contract/connection.ts';
import type { Failure } from '../../../contract/errors.ts';
import type { PresetView } from '../../../contract/preset.ts';
import type { ConnectionUse } from '../../../contract/example.ts';
import { Empty } from '../../components/empty.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import { useApp } from '../../store/use-app.ts';
import { guessedPreset, troubleWords } from '../../view/use/use-words.ts';
import { CodeUse } from './code-use.tsx';
import { CommandUse } from './command-use.tsx';
import { EnvFileUse } from './env-file-use.tsx';
import { McpUse } from './mcp-use.tsx';
import { TestUse } from './test-use.tsx';
import css from './use.module.css';

interface Loaded {
  use: ConnectionUse;
  presets: readonly PresetView[];
}

/** What the core knows of using a connection; again when what it depends on changes. */
function useLoaded({ id, obtainedAt, site }: ConnectionView): Loaded | Failure | null {
  const loadUse = useApp((state) => state.loadUse);
  const listPresets = useApp((state) => state.listPresets);
  const [loaded, setLoaded] = useState<Loaded | Failure | null>(null);
  const cloudId = site?.cloudId;
  useEffect(() => {
    let current = true;
    void Promise.all([loadUse(id), listPresets(id)]).then(([use, presets]) => {
      if (!current) return;
      if (!use.ok) setLoaded(use.error);
      else if (!presets.ok) setLoaded(presets.error);
      else setLoaded({ use: use.value, presets: presets.value.presets });
    });
    return () => {
      current = false;
    };
  }, [id, obtainedAt, cloudId, loadUse, listPresets]);
  return loaded;
}

/** How a connection is used: in a file, a command, code, MCP clients; and whether it works. */
export function UseTab({ connection, now }: { connection: ConnectionView; now: number }) {
  const loaded = useLoaded(connection);
  const notice = troubleWords(connection, now);
  if (loaded === null) return <Empty>Loading…</Empty>;
  if ('code' in loaded) return <FailureNote failure={loaded} />;
  const { use, presets } = loaded;
  const preset = guessedPreset(presets);
  return (
    <div className={css['frame']} data-wide>
      {notice !== null && (
        <p className={css['notice']}>
          <StateShape shape="▲" /> {notice}
        </p>
      )}
      <div className={css['use']}>
        <div className={css['column']}>
          <EnvFileUse connection={connection} preset={preset} />
          <CommandUse connection={connection} command={use.command} preset={preset} />
        </div>
        <div className={css['column']}>
          <CodeUse connection={connection} use={use} />
          <McpUse connection={connection} command={use.command} presets={presets} />
          <TestUse connection={connection} />
        </div>
      </div>
    </div>
  );
}
