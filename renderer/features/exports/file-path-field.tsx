import { useEffect, useId, useState, type ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { useApp } from '../../store/use-app.ts';
import { hasDesktop, userHome, useShortPath } from '../../store/use-short-path.ts';
import { pathFault } from '../../view/field-check.ts';
import { pathSuggestions } from '../../view/path-suggestions.ts';

interface FilePathFieldProps {
  label: string;
  name: string;
  value: string;
  onChange: (path: string) => void;
  /** After what the field says by itself. */
  hint?: ReactNode;
  error?: ReactNode;
  placeholder?: string;
  autoFocus?: boolean;
}

const HINT = 'The full path; ~ is your home folder.';

/** Where there is no dialog: folders that were used before. */
function useSuggestions(wanted: boolean): readonly string[] {
  const exports = useApp((state) => state.exports);
  const home = useApp(userHome);
  const loadFolders = useApp((state) => state.loadFolders);
  const [bound, setBound] = useState<readonly string[]>([]);
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    void loadFolders().then((reply) => {
      if (current && reply.ok) setBound(reply.value.folders.map(({ file }) => file));
    });
    return () => {
      current = false;
    };
  }, [wanted, loadFolders]);
  return wanted
    ? pathSuggestions({ files: [...exports.values()].map(({ file }) => file), bound, userHome: home })
    : [];
}

/** A path: typed, with `~` for the home folder, or chosen with the system's dialog where there is one. */
export function FilePathField({ hint, value, onChange, ...field }: FilePathFieldProps) {
  const id = useId();
  const hasDialog = useApp(hasDesktop);
  const shown = useShortPath();
  const choosePath = useApp((state) => state.choosePath);
  const suggestions = useSuggestions(!hasDialog);
  const [choosing, setChoosing] = useState(false);

  async function choose(): Promise<void> {
    setChoosing(true);
    const path = await choosePath('file-to-write', value.trim());
    setChoosing(false);
    if (path !== null) onChange(shown.path(path));
  }

  return (
    <>
      <TextField
        {...field}
        mono
        required
        check={pathFault}
        value={value}
        list={suggestions.length > 0 ? id : undefined}
        hint={
          hint === undefined ? (
            HINT
          ) : (
            <>
              {HINT} {hint}
            </>
          )
        }
        onChange={(event) => {
          onChange(event.target.value);
        }}
        beside={
          hasDialog ? (
            <Button busy={choosing} onClick={() => void choose()}>
              Choose…
            </Button>
          ) : undefined
        }
      />
      {suggestions.length > 0 && (
        <datalist id={id}>
          {suggestions.map((path) => (
            <option key={path} value={path} />
          ))}
        </datalist>
      )}
    </>
  );
}
