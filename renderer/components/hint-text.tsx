import { withCommands } from '../../contract/command-text.ts';
import { useApp } from '../store/use-app.ts';

/** A hint in which commands are for the app that this window belongs to. */
export function HintText({ children }: { children: string | undefined }) {
  const sandbox = useApp(({ status }) => status !== null && status.sandbox !== null);
  return children === undefined ? null : withCommands(children, { program: 'tokentray', sandbox });
}
