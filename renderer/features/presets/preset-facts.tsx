import type { PresetView } from '../../../contract/preset.ts';
import { WRITES } from '../../view/preset-words.ts';
import css from '../providers/add-provider-dialog.module.css';

/** What a preset would write, and for which connections. */
export function PresetFacts({ preset, replaces }: { preset: PresetView; replaces: string | null }) {
  const { description, needs, kind, variables } = preset;
  return (
    <dl className={css['facts']}>
      <dt>For</dt>
      <dd>{description}</dd>
      <dt>Connections</dt>
      <dd>
        {needs.map((words) => (
          <span key={words}>{words}</span>
        ))}
      </dd>
      <dt>Writes</dt>
      <dd>
        {variables.length === 0 ? WRITES[kind] : variables.map((name) => <code key={name}>{name}</code>)}
      </dd>
      {replaces !== null && (
        <>
          <dt>Replaces</dt>
          <dd>
            <code>{replaces}</code>
          </dd>
        </>
      )}
    </dl>
  );
}
