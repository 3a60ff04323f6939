import { Button } from '../../components/button.tsx';
import { useApp } from '../../store/use-app.ts';
import css from './settings-section.module.css';

/** The way to what other programs have. */
export function Import() {
  const open = useApp((state) => state.openDialog);
  return (
    <>
      <p>
        Moves in tokens that other programs have, such as mcp-atlassian or jira-cli.{' '}
        <span className={css['note']}>You choose which; what the programs have is left as it is.</span>
      </p>
      <div>
        <Button
          onClick={() => {
            open({ kind: 'import' });
          }}
        >
          Import…
        </Button>
      </div>
    </>
  );
}
