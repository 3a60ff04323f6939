import { useId, type ComponentProps, type ReactNode } from 'react';
import css from './field.module.css';

interface FieldProps {
  label: string;
  hint?: ReactNode;
}

type Labelled = { id: string; 'aria-describedby': string | undefined };

function Field({ label, hint, children }: FieldProps & { children: (props: Labelled) => ReactNode }) {
  const id = useId();
  return (
    <div className={css['field']}>
      <label className={css['label']} htmlFor={id}>
        {label}
      </label>
      {children({ id, 'aria-describedby': hint === undefined ? undefined : `${id}-hint` })}
      {hint !== undefined && (
        <span className={css['hint']} id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
}

type TextFieldProps = FieldProps & Omit<ComponentProps<'input'>, 'className' | 'id'> & { mono?: boolean };

/** A single-line text field with its label. */
export function TextField({ label, hint, mono = false, ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(labelled) => (
        <input
          autoComplete="off"
          spellCheck={false}
          {...input}
          {...labelled}
          className={`${css['input'] ?? ''} ${mono ? (css['mono'] ?? '') : ''}`}
        />
      )}
    </Field>
  );
}

type SelectFieldProps = FieldProps & Omit<ComponentProps<'select'>, 'className' | 'id'>;

/** A drop-down list with its label; the children are `<option>`s. */
export function SelectField({ label, hint, ...select }: SelectFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(labelled) => <select {...select} {...labelled} className={css['input']} />}
    </Field>
  );
}

/** A group of choices with a heading. */
export function ChoiceGroup({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset className={css['field']}>
      <legend className={css['legend']}>{legend}</legend>
      <div className={css['choices']}>{children}</div>
    </fieldset>
  );
}

type ChoiceProps = Omit<ComponentProps<'input'>, 'className' | 'id' | 'type'> & {
  type: 'radio' | 'checkbox';
  label: ReactNode;
  note?: ReactNode;
};

/** A radio button or check box; the note is its description. */
export function Choice({ label, note, ...input }: ChoiceProps) {
  const id = useId();
  return (
    <div className={css['choice']}>
      <input {...input} id={id} aria-describedby={note === undefined ? undefined : `${id}-note`} />
      <span>
        <label htmlFor={id}>{label}</label>
        {note !== undefined && <small id={`${id}-note`}>{note}</small>}
      </span>
    </div>
  );
}
