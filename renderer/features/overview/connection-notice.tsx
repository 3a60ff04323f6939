import type { ConnectionView } from '../../../contract/connection.ts';
import { HintText } from '../../components/hint-text.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import css from './overview.module.css';

/** What should be done about a connection although it works. */
export function ConnectionNotice({ connection: { notice } }: { connection: ConnectionView }) {
  if (notice === undefined) return null;
  return (
    <p className={css['hint']}>
      <StateShape shape="▲" /> {notice.message} <HintText>{notice.hint}</HintText>
    </p>
  );
}
