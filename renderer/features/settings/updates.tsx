import { Button } from '../../components/button.tsx';
import { useApp } from '../../store/use-app.ts';
import { updateWords } from '../../view/update-words.ts';
import css from './settings-section.module.css';

/** Updates of the app itself; nothing where the host has none. */
export function Updates() {
  const updates = useApp((state) => state.updates);
  const update = useApp((state) => state.update);
  if (updates === null) return null;
  const { text, hint, next } = updateWords(updates);
  return (
    <section className={css['updates']} aria-label="Updates">
      <h2>Updates</h2>
      {/* Each percent aloud would be too much. */}
      <p aria-live={updates.state === 'downloading' ? 'off' : 'polite'}>
        {text} {hint}
      </p>
      {next !== null && (
        <div>
          <Button onClick={() => void update(next.step)}>{next.label}</Button>
        </div>
      )}
    </section>
  );
}
