import { X } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { HintText } from '../../components/hint-text.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import { useApp } from '../../store/use-app.ts';
import css from './live.module.css';

/**
 * What screen readers announce: changes of state (not visible), and the notice after an action. `aria-live` repeats what
 * the role implies because an open dialog hides everything outside it except elements with that attribute.
 */
export function Live() {
  const announcement = useApp((state) => state.announcement);
  const notice = useApp((state) => state.notice);
  const dismiss = useApp((state) => state.dismissNotice);
  return (
    <>
      <div role="status" aria-live="polite" aria-label="Announcements" className="hidden">
        {announcement}
      </div>
      <div role="status" aria-live="polite" aria-label="Notice" className={css['place']}>
        {notice !== null && (
          <div key={notice.id} className={css['notice']} data-tone={notice.tone}>
            <span className={css['mark']}>
              <StateShape shape={notice.tone === 'error' ? '▲' : '●'} />
            </span>
            <div>
              <p>{notice.text}</p>
              {notice.hint !== null && (
                <p className={css['hint']}>
                  <HintText>{notice.hint}</HintText>
                </p>
              )}
            </div>
            <Button look="quiet" icon aria-label="Dismiss" onClick={dismiss}>
              <X size={16} aria-hidden />
            </Button>
          </div>
        )}
      </div>
    </>
  );
}
