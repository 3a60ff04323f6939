import type { UpdateState } from '../../../contract/updates.ts';
import { Button } from '../../components/button.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { useApp } from '../../store/use-app.ts';
import { moment } from '../../view/time-words.ts';
import css from './settings-section.module.css';

const PASSWORD = 'The system will ask for your password.';

function words(update: UpdateState, now: number): string {
  switch (update.state) {
    case 'idle':
      return 'Tokentray looks for a newer version when you ask it to.';
    case 'checking':
      return 'Looking for a newer version…';
    case 'none':
      return `This is the newest version, as of ${moment(update.checkedAt, now)}.`;
    case 'available':
      return `Version ${update.version} is there.${update.asksForPassword ? ` ${PASSWORD}` : ''}`;
    case 'downloading':
      return `Downloading version ${update.version}…`;
    case 'ready':
      return `Version ${update.version} is ready to install.${update.asksForPassword ? ` ${PASSWORD}` : ''}`;
    case 'failed':
      return 'The update did not work.';
    case 'unsupported':
      return update.why;
  }
}

/** The next step that a person can ask for; none while one is under way. */
function Step({ update }: { update: UpdateState }) {
  const take = useApp((state) => state.update);
  switch (update.state) {
    case 'idle':
    case 'none':
    case 'failed':
      return <Button onClick={() => void take('check')}>Check for updates</Button>;
    case 'available':
      return (
        <Button look="primary" onClick={() => void take('download')}>
          Download
        </Button>
      );
    case 'ready':
      return (
        <Button look="primary" onClick={() => void take('install')}>
          Restart and install
        </Button>
      );
    case 'checking':
    case 'downloading':
    case 'unsupported':
      return null;
  }
}

/** Updates of the app itself: nothing is downloaded or installed but by the person's own click. */
export function Updates({ update, now }: { update: UpdateState; now: number }) {
  return (
    <>
      <p role="status">{words(update, now)}</p>
      {/* Outside the live region: it moves all the time. */}
      {update.state === 'downloading' && (
        <progress className={css['progress']} max={100} value={update.percent} aria-label="Download" />
      )}
      {update.state === 'failed' && <FailureNote failure={update.error} />}
      <div>
        <Step update={update} />
      </div>
    </>
  );
}
