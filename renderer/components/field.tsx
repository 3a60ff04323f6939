import { Eye, EyeOff } from 'lucide-react';
import { useId, useRef, useState, type ComponentProps, type ReactNode } from 'react';
import { Button } from './button.tsx';
import css from './field.module.css';
import { StateShape } from './state-shape.tsx';
import { useFieldFault, type Checked } from './use-field-fault.ts';
import { useGroupFault } from './use-group-fault.ts';
import withButton from './with-button.module.css';

interface FieldProps extends Omit<Checked, 'name' | 'required'> {
  hint?: ReactNode;
}

interface HintElsewhere {
  /** The id of a hint that is elsewhere, where it has more room. */
  hintElsewhere?: string | undefined;
}

type Labelled = {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
};

function Field({
  hint,
  hintElsewhere,
  children,
  ...checked
}: Checked & HintElsewhere & Pick<FieldProps, 'hint'> & { children: (props: Labelled) => ReactNode }) {
  const id = useId();
  const { label } = checked;
  const { fault, onInput, onLeave } = useFieldFault(id, checked);
  const described = [
    ...(fault === undefined ? [] : [`${id}-error`]),
    ...(hint === undefined ? [] : [`${id}-hint`]),
    ...(hintElsewhere === undefined ? [] : [hintElsewhere]),
  ];
  return (
    <div
      className={css['field']}
      onInput={({ target }) => {
        if (isInput(target)) onInput(target);
      }}
      onBlur={({ target, relatedTarget }) => {
        if (isInput(target)) onLeave(target, relatedTarget);
      }}
    >
      <label className={css['label']} htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        'aria-describedby': described.length === 0 ? undefined : described.join(' '),
        'aria-invalid': fault === undefined ? undefined : true,
      })}
      {fault !== undefined && <Fault id={id} fault={fault} />}
      {hint !== undefined && (
        <span className={css['hint']} id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
}

function Fault({ id, fault }: { id: string; fault: ReactNode }) {
  return (
    <span className={css['error']} id={`${id}-error`}>
      <StateShape shape="▲" /> <span>{fault}</span>
    </span>
  );
}

const isInput = (target: EventTarget): target is HTMLInputElement | HTMLSelectElement =>
  target instanceof HTMLInputElement || target instanceof HTMLSelectElement;

type TextFieldProps = FieldProps &
  Omit<ComponentProps<'input'>, 'className' | 'id'> & {
    mono?: boolean;
    /** A button at the end of the field. */
    beside?: ReactNode;
  };

/** A single-line text field with its label. */
export function TextField({ label, hint, error, check, mono = false, beside, ...input }: TextFieldProps) {
  return (
    <Field {...{ label, hint, error, check }} name={input.name} required={input.required}>
      {(labelled) => {
        const field = (
          <input
            autoComplete="off"
            spellCheck={false}
            {...input}
            {...labelled}
            className={`${css['input'] ?? ''} ${mono ? (css['mono'] ?? '') : ''}`}
          />
        );
        return beside === undefined ? (
          field
        ) : (
          <span className={withButton['row']}>
            {field}
            {beside}
          </span>
        );
      }}
    </Field>
  );
}

/** A field for a secret: hidden unless the person looks. The value is in the element alone, never in a state. */
export function SecretField({
  label,
  hint,
  error,
  check,
  ...input
}: Omit<TextFieldProps, 'type' | 'mono' | 'beside'>) {
  const [shown, setShown] = useState(false);
  return (
    <Field {...{ label, hint, error, check }} name={input.name} required={input.required}>
      {(labelled) => (
        <span className={css['secret']}>
          <input
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            {...input}
            {...labelled}
            type={shown ? 'text' : 'password'}
            className={`${css['input'] ?? ''} ${css['mono'] ?? ''}`}
          />
          <Button
            look="quiet"
            icon
            aria-label={shown ? 'Hide what you typed' : 'Show what you typed'}
            onClick={() => {
              setShown(!shown);
            }}
          >
            {shown ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
          </Button>
        </span>
      )}
    </Field>
  );
}

type SelectFieldProps = FieldProps & HintElsewhere & Omit<ComponentProps<'select'>, 'className' | 'id'>;

/** A drop-down list with its label; the children are `<option>`s. */
export function SelectField({ label, hint, hintElsewhere, error, check, ...select }: SelectFieldProps) {
  return (
    <Field {...{ label, hint, hintElsewhere, error, check }} name={select.name} required={select.required}>
      {(labelled) => <select {...select} {...labelled} className={css['input']} />}
    </Field>
  );
}

interface ChoiceGroupProps {
  legend: string;
  /** What is wrong with what is selected, in a sentence; null: nothing. */
  fault?: string | null;
  children: ReactNode;
}

/** A group of choices with a heading. */
export function ChoiceGroup({ legend, fault = null, children }: ChoiceGroupProps) {
  const id = useId();
  const place = useRef<HTMLFieldSetElement>(null);
  const shown = useGroupFault(place, fault);
  return (
    <fieldset
      ref={place}
      className={css['field']}
      aria-describedby={shown === null ? undefined : `${id}-error`}
    >
      <legend className={css['legend']}>{legend}</legend>
      <div className={css['choices']}>{children}</div>
      {shown !== null && <Fault id={id} fault={shown} />}
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
