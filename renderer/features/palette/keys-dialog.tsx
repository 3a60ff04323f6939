import { Button } from '../../components/button.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { useApp } from '../../store/use-app.ts';
import { keyColumns } from '../../view/key-list.ts';
import { useKeyPlace } from '../shell/use-key-place.ts';
import { Keys } from './keys.tsx';
import css from './keys.module.css';

/** Every key that works here. */
export function KeysDialog() {
  const place = useKeyPlace();
  const close = useApp((state) => state.closeDialog);
  return (
    <DialogFrame
      title="Keys"
      description={
        place.host === 'browser'
          ? 'Press ? any time. The desktop app has a few more, which a browser keeps for itself.'
          : 'Press ? any time.'
      }
      actions={<Button onClick={close}>Close</Button>}
    >
      <div className={css['columns']}>
        {keyColumns(place).map(({ title, rows }) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            <dl>
              {rows.map(([keys, does]) => (
                <div key={does}>
                  <dt>{does}</dt>
                  <dd>
                    <Keys keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </DialogFrame>
  );
}
