import { Button } from '../../components/button.tsx';
import { CommandLine } from '../../components/command-line.tsx';
import { DialogFrame } from '../../components/dialog-frame.tsx';
import { useApp } from '../../store/use-app.ts';

/** How to see everything without an Atlassian account. The sandbox is a start of its own, beside this one. */
export function TrySandboxDialog() {
  const close = useApp((state) => state.closeDialog);
  const copyText = useApp((state) => state.copyText);
  const copy = (command: string): void => void copyText(command, 'Command copied.');
  return (
    <DialogFrame
      title="Try it with the sandbox"
      description="A stand-in for Atlassian on this machine, with people and data made up. It keeps its own connections, so nothing here changes."
      actions={
        <Button look="primary" onClick={close}>
          Done
        </Button>
      }
    >
      <p>Run this in a terminal; it opens a window of its own:</p>
      <CommandLine command="tokentray serve --sandbox" onCopy={copy} />
      <p>In a checkout of the source:</p>
      <CommandLine command="npm start -- --sandbox" onCopy={copy} />
    </DialogFrame>
  );
}
