import { useRef } from 'react';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import css from './import-dialog.module.css';

/** Another file to look at, and what tokens do not say themselves. */
export function LookElsewhere({ onLook }: { onLook: (form: FormData) => void }) {
  const place = useRef<HTMLDetailsElement>(null);
  return (
    <details ref={place}>
      <summary>Look at another file, or add a site</summary>
      <div className={css['fields']}>
        <TextField label="Env file, or JSON file of an MCP client" name="import-file" mono />
        <TextField label="Site of tokens that name none" name="import-site" />
        <TextField label="E-mail address or user name of tokens that name none" name="import-user" />
        <div>
          <Button
            onClick={() => {
              const form = place.current?.closest('form');
              if (form) onLook(new FormData(form));
            }}
          >
            Look again
          </Button>
        </div>
      </div>
    </details>
  );
}
